import { expect, test } from "vitest";
import type { AgendaPhase, Body } from "../../api/types";
import type { Row } from "./fold";
import { layStrip, lengthOf, marksOf } from "./strip";

const MIN = 60_000;
const phase = (id: string, minutes: number): AgendaPhase => ({
  area: "consistency", id: `consistency/${id}`, title: id, minutes, prompts: [], aim: "", hints: [], follow_ups: [], exercises: [],
});
const AGENDA = [phase("open", 3), phase("design", 12), phase("breaks", 12), phase("looking-back", 3)];
const row = (at_min: number, body: Body, more: Partial<Row> = {}): Row => ({
  id: `${at_min}-${body.kind}`, seq: 1, at_ms: at_min * MIN, who: "anna", received_at: "", withdrawn: false, moment: null, waiting: false, body, ...more,
});
const enter = (at_min: number, id: string) => row(at_min, { kind: "phase", phase: `consistency/${id}` });
const told = (rows: Row[], now_min: number, ended = false) =>
  layStrip(AGENDA, rows, now_min * MIN, ended).map(
    (one) => `${one.phase.split("/")[1]} ${one.from_ms / MIN}–${one.to_ms / MIN} ${one.state}`,
  );

test("before the start the strip is the plan", () => {
  expect(told([], 0)).toEqual(["open 0–3 to come", "design 3–15 to come", "breaks 15–27 to come", "looking-back 27–30 to come"]);
});

test("starting enters the first phase, said or unsaid", () => {
  const plain = told([row(0, { kind: "start" })], 1);
  expect(plain[0]).toBe("open 0–3 now");
  expect(told([row(0, { kind: "start" }), enter(0, "open")], 1)).toEqual(plain);
});

test("what was held is drawn as held, the rest as planned", () => {
  expect(told([row(0, { kind: "start" }), enter(5, "design")], 6)).toEqual([
    "open 0–5 done", "design 5–17 now", "breaks 17–29 to come", "looking-back 29–32 to come",
  ]);
});

test("a phase that runs over pushes the later ones back", () => {
  const rows = [row(0, { kind: "start" })];
  expect(told(rows, 10).slice(0, 2)).toEqual(["open 0–10 now", "design 10–22 to come"]);
  expect(lengthOf(layStrip(AGENDA, rows, 10 * MIN, false), 30)).toBe(37 * MIN);
});

test("skipped phases have no width, and going back is drawn as it was", () => {
  expect(told([row(0, { kind: "start" }), enter(2, "breaks"), enter(6, "design")], 7)).toEqual([
    "open 0–2 done", "breaks 2–6 done", "design 6–18 now", "breaks 18–30 to come", "looking-back 30–33 to come",
  ]);
});

test("an ended interview is as long as it was", () => {
  expect(told([row(0, { kind: "start" }), enter(3, "design")], 8, true)).toEqual(["open 0–3 done", "design 3–8 done"]);
});

test("every mark that stands is on the strip", () => {
  const marks = marksOf(
    [
      row(1, { kind: "signal", area: "consistency", signal: "own-state", prompted: null }),
      row(2, { kind: "note", note: "said", text: "x", area: null, signal: null }),
      row(3, { kind: "asked", area: "consistency", follow_up: "worst-case" }),
      row(4, { kind: "hint", phase: "consistency/open", number: 1 }),
      row(5, { kind: "asked", area: "consistency", follow_up: "refund-twice" }, { withdrawn: true }),
      row(6, { kind: "pause" }),
    ],
    () => "1",
  );
  expect(marks.map((mark) => [mark.at_ms / MIN, mark.label])).toEqual([[1, "1"], [2, ""], [3, "Q"], [4, "h"]]);
});
