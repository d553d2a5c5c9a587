// Editing a plan: nothing that is asked gets lost on the way, and every step can be taken back.
import { describe, expect, it } from "vitest";
import type { Kit, Session } from "../../api/types";
import * as draft from "./draft";

const item = (area: string, follow_ups: string[] = ["a", "b"]) => ({
  area, depth: "steady" as const, minutes: 20, prompts: ["p"], follow_ups, exercises: [], reason: "because",
});
const plan: Session[] = [
  { id: "money", title: "Money", asked_by: "", reason: "", items: [item("consistency"), item("testing")] },
  { id: "ground", title: "Ground", asked_by: "", reason: "", items: [item("architecture")] },
];
const kit = {
  areas: ["architecture", "consistency", "testing", "discovery"].map((id) => ({
    id, prompts: [{ id: "p" }], follow_ups: [{ id: "a" }, { id: "b", separates: true }, { id: "c", separates: true }],
  })),
} as unknown as Kit;
const everything = (now: draft.Plan) =>
  now.flatMap((session) => session.items.map((one) => JSON.stringify(one))).sort();

describe("a plan being edited", () => {
  it("moves an area with all that is asked of it", () => {
    const moved = draft.moveArea(plan, "testing", "ground");
    expect(draft.sessionOf(moved, "testing")?.id).toBe("ground");
    expect(everything(moved)).toEqual(everything(plan));
    expect(draft.moveArea(plan, "testing", "money")).toBe(plan);
    expect(draft.moveArea(plan, "testing", "nowhere")).toBe(plan);
  });

  it("keeps follow-ups in the order of the kit", () => {
    const order = ["a", "b", "c"];
    const without = draft.toggleAsked(plan, "testing", "follow_ups", "a", order);
    expect(draft.itemOf(without, "testing")?.follow_ups).toEqual(["b"]);
    const more = draft.toggleAsked(without, "testing", "follow_ups", "c", order);
    expect(draft.itemOf(draft.toggleAsked(more, "testing", "follow_ups", "a", order), "testing")?.follow_ups).toEqual(order);
  });

  it("knows which areas nobody asks about, and gives one a start", () => {
    expect(draft.unplanned(plan, kit)).toEqual(["discovery"]);
    const added = draft.addArea(plan, "ground", "discovery", kit);
    expect(draft.unplanned(added, kit)).toEqual([]);
    expect(draft.itemOf(added, "discovery")).toMatchObject({ prompts: ["p"], follow_ups: ["b", "c"], reason: "" });
    expect(draft.addArea(added, "money", "discovery", kit)).toBe(added);
  });

  it("removes a session only when it is empty, and gives new ones ids of their own", () => {
    expect(draft.removeSession(plan, "ground")).toHaveLength(2);
    const more = draft.addSession(draft.addSession(plan));
    expect(new Set(more.map((session) => session.id)).size).toBe(4);
    expect(draft.removeSession(more, "session-3")).toHaveLength(3);
  });

  it("takes back any number of steps, and typing in one field is one of them", () => {
    let history = draft.begin(plan);
    history = draft.step(history, draft.moveArea(history.now, "testing", "ground"), null);
    for (const text of ["D", "De", "Dep"])
      history = draft.step(history, draft.changeItem(history.now, "testing", { reason: text }), "reason/testing");
    history = draft.step(history, draft.setMinutes(history.now, "testing", 35), "minutes/testing");
    expect(draft.totalMinutes(history.now)).toBe(75);
    history = draft.undo(history);
    expect(draft.itemOf(history.now, "testing")).toMatchObject({ minutes: 20, reason: "Dep" });
    history = draft.undo(history);
    expect(draft.itemOf(history.now, "testing")?.reason).toBe("because");
    history = draft.undo(draft.undo(draft.undo(history)));
    expect(history.now).toBe(plan);
    expect(draft.changed(history, plan)).toBe(false);
  });
});
