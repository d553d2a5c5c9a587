import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Interview, Kit, NewEntry } from "../../api/types";
import { Memory } from "../../interview/outbox/db";
import { Outbox } from "../../interview/outbox/outbox";
import { DraftBox } from "../../interview/record/draft";
import { Session } from "../../interview/session/session";
import { KeyLayer } from "../../shared/keys/KeyLayer";
import { anArea } from "../../shared/testing/kit";
import { FakeRoom } from "../testing/fake";
import { panelFrame, panelHello } from "../testing/panelSide";
import { at } from "../testing/situation";
import { stub } from "../testing/stub";
import { PanelRoom } from "./PanelRoom";
import { Entered } from "./RoomPage";

const ME = { id: "jonas", name: "Jonas Lind", initials: "JL" };
const KIT = { id: "k", version: "1", areas: [anArea("ebb", 1)], exercises: [], regret_probes: [], regret_reading: "" } as unknown as Kit;
const real = { fetch: window.fetch, EventSource: window.EventSource };
let room: FakeRoom;
let kept: NewEntry[];
let planned: boolean;

const bodies = () => room.commands.map((one) => one.body);

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  kept = [];
  planned = false;
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: /min-width: (1100|1200)px/.test(query),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  room = new FakeRoom(panelHello, panelFrame);
  room.state.clock = { ...room.state.clock, running: false };
  stub({ "/api/takes/take-1": room });
});
afterEach(() => {
  vi.unstubAllGlobals();
  Object.assign(window, real);
});

async function enter() {
  const interview = {
    id: "i",
    loop_id: "l",
    code: "H-27",
    candidate_name: "Mira Okafor",
    title: "An interview",
    opening: null,
    kit_hash: "k",
    areas: ["ebb"],
    agenda: [
      {
        area: "ebb",
        id: "ebb/open",
        title: "Open",
        minutes: 10,
        prompts: ["main"],
        aim: "Listen.",
        hints: ["a", "b", "c"],
        follow_ups: ["worst"],
        exercises: [],
      },
    ],
    scheduled_at: null,
    due_at: null,
    people: [{ person: ME, part: "interviewer" }],
    you: "interviewer",
    minutes_planned: 45,
    entries: [],
    live: {
      seq: 0,
      state: planned ? "planned" : "running",
      elapsed_ms: 60_000,
      as_of: "2026-01-01T10:00:00Z",
      started_at: null,
      ended_at: null,
      phase: planned ? null : "ebb/open",
      phase_entered_ms: 0,
      relevant: [{ area: "ebb", follow_up: "worst" }],
      next: "Next: say nothing",
      shown: [],
      present: [],
      candidate_present: true,
    },
    pencilled: {},
    links: [],
    material: [],
    scorecard_submitted: false,
    can_attach: false,
  } as unknown as Interview;
  const store = new Memory();
  const wire = { post: () => undefined, listen: () => () => undefined };
  const outbox = new Outbox({
    person: ME.id,
    store,
    alone: (work) => work(),
    wire,
    later: () => () => undefined,
    deliver: async (_, entries) => (kept.push(...entries), { kind: "unreachable" }),
  });
  const session = new Session({ interview, me: ME.id, outbox, now: () => 1_000_000 });
  session.follow();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <Entered take="take-1">
          <PanelRoom interview={interview} kit={KIT} me={ME} session={session} draft={new DraftBox("jonas:i", store, wire)} outbox={outbox} />
        </Entered>
        <KeyLayer />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  await screen.findByRole("heading", { name: "What Mira sees" });
  return userEvent.setup();
}

test("a fault is armed, changed, disarmed and fired by one key each", async () => {
  const user = await enter();
  expect(screen.getByText("One message that can never be posted", { selector: ".rm-armed *" })).toBeTruthy();
  await user.keyboard("f");
  expect(await screen.findByText("Answers of the provider vanish", { selector: ".rm-armed *" })).toBeTruthy();
  await user.keyboard("{Escape}");
  expect(await screen.findByText(/Not armed; next of/)).toBeTruthy();
  await user.keyboard("{Enter}");
  await user.keyboard("f");
  await screen.findByText("Armed");
  await user.keyboard("{Enter}");
  expect(bodies()).toEqual([
    { kind: "arm", fault: "answers_vanish" },
    { kind: "disarm" },
    { kind: "arm", fault: "poison" },
    { kind: "fire", fault: "poison" },
  ]);
});

test("Enter keeps a note and fires nothing while one writes; the note is held at the room's first keystroke", async () => {
  const user = await enter();
  await user.keyboard("n");
  await user.type(screen.getByRole("textbox", { name: "Note" }), "R");
  act(() => room.tell({ clock: { ...room.state.clock, v: at(700) } }));
  await user.keyboard("eads on.{Enter}");
  expect(bodies()).toEqual([]);
  await vi.waitFor(() => expect(kept.some((one) => one.body.kind === "note")).toBe(true));
  const note = kept.find((one) => one.body.kind === "note");
  expect(note?.moment).toEqual({ take: "take-1", seq: 9, v: at(612) });
});

test("a digit is a signal with the room's moment, and G says that they noticed", async () => {
  const user = await enter();
  await user.keyboard("1g");
  expect(bodies()).toEqual([{ kind: "noticed", fault: "settle_db_down" }]);
  await vi.waitFor(() => expect(kept[0]).toMatchObject({ body: { kind: "signal", signal: "first" }, moment: { take: "take-1", v: at(612) } }));
  expect(await screen.findByText("to notice")).toBeTruthy();
});

test("Space is the room's clock, and the brackets its speed; before the start Space starts the interview", async () => {
  const user = await enter();
  await user.keyboard(" ");
  await vi.waitFor(() => expect(screen.getByRole("button", { name: /^Pause/ })).toBeTruthy());
  await user.keyboard(" ]]");
  expect(bodies()).toEqual([{ kind: "resume" }, { kind: "pause" }, { kind: "speed", times: 2 }, { kind: "speed", times: 4 }]);
  expect(kept).toEqual([]);
});

test("before the start Space starts the interview and lets nothing run", async () => {
  planned = true;
  const user = await enter();
  await user.keyboard(" ");
  await vi.waitFor(() => expect(kept.map((one) => one.body.kind)).toEqual(["start", "phase"]));
  expect(bodies()).toEqual([]);
});

test("truth and record unfold: what is true stands beside what they can see, notes beside what happened", async () => {
  const user = await enter();
  expect(screen.queryByRole("heading", { name: "Truth" })).toBeNull();
  await user.keyboard("tr");
  const row = screen.getByRole("row", { name: /charged twice/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map((one) => one.textContent?.trim()),
  ).toEqual(["4", "1"]);
  await user.click(within(row).getByRole("button", { name: "charged twice" }));
  expect(document.querySelector(".rm-truth .rm-who")?.textContent).toContain("order 8123, order 8211");
  const record = screen.getByRole("group", { name: "Record" });
  expect(within(record).getByText("Settlement’s store is down until 19:00.")).toBeTruthy();
  await user.keyboard("1");
  await vi.waitFor(() => expect(within(record).getByText(/Sig of ebb/)).toBeTruthy());
});

test("what is panel only is hidden in the same turn, and everything that knows of it says so", async () => {
  await enter();
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "\\", bubbles: true }));
  expect(document.documentElement.hasAttribute("data-veil")).toBe(true);
  const open = (text: string | RegExp) =>
    screen.queryAllByText(text).filter((one) => one.closest(".rm-secret, .rm-struck-words, .rm-mark-label.panel, .vh") === null);
  for (const secret of [/never be posted/, /fault since/, /Next: say nothing/, /Sig of ebb/, /settle down/, /half way/, "Note"])
    expect(open(secret)).toEqual([]);
});

test("something else is mapped by an interviewer, or stays outside the model", async () => {
  const user = await enter();
  act(() =>
    room.tell({
      decisions: room.state.decisions!.map((one) =>
        one.name === "half_done" ? { ...one, state: "something_else", says: "A person calls.", reason: "A person calls.", chosen_at: at(600) } : one,
      ),
    }),
  );
  expect(await screen.findByText("“A person calls.”")).toBeTruthy();
  await user.click(await screen.findByRole("button", { name: /finishes or undoes/ }));
  await user.click(screen.getByRole("button", { name: "None: outside the model" }));
  expect(bodies()).toEqual([
    { kind: "map", decision: "half_done", as: "finish" },
    { kind: "map", decision: "half_done", as: null },
  ]);
});

test("their work follows them and cannot be done in their place", async () => {
  const user = await enter();
  expect(screen.getByText(/Decisions open, at 4 of 7: A purchase stops half way/)).toBeTruthy();
  await user.keyboard("v");
  expect(screen.getByText("Not answered yet.")).toBeTruthy();
  expect(screen.queryByRole("textbox", { name: "Your answer" })).toBeNull();
  expect(screen.queryByRole("button", { name: /^Answer/ })).toBeNull();
  act(() => room.tell({ looks: { panel: "traces", decision: null, focus: 4 } }));
  expect(screen.getByRole("tab", { selected: true }).textContent).toContain("Traces");
  expect(bodies()).toEqual([]);
});

test("a span that does not count needs a reason, and is hatched in time line and record", async () => {
  const user = await enter();
  await user.click(screen.getByRole("button", { name: "More of this interview" }));
  await user.click(screen.getByText("Mark a span that does not count"));
  const dialog = screen.getByRole("dialog", { hidden: true });
  await user.click(within(dialog).getByText("Mark it"));
  expect(within(dialog).getByRole("alert", { hidden: true }).textContent).toContain("A reason is needed");
  await user.type(within(dialog).getByLabelText("Why"), "The call broke.");
  await user.click(within(dialog).getByText("Mark it"));
  const sent = room.commands.at(-1);
  expect(sent).toMatchObject({ body: { kind: "void", from: at(612 - 120), to: at(612) }, words: "The call broke." });
  await user.keyboard("r");
  const hatched = () => document.querySelectorAll(".rm-record-list [data-void]").length;
  expect(hatched()).toBe(0);
  act(() => room.tell({ voids: [{ from: at(530), to: at(560), reason: "The call broke." }] }));
  expect(hatched()).toBeGreaterThan(0);
  expect(document.querySelectorAll(".rm-void")).toHaveLength(1);
});

test("the truth is offered after a level is pencilled, and closes by itself after three minutes of the wall", async () => {
  const user = await enter();
  expect(screen.queryByText(/Show the candidate what is true/)).toBeNull();
  await user.keyboard("o");
  expect(bodies()).toEqual([]);
  await user.keyboard("l");
  await user.click(within(document.getElementById("rm-pencil")!).getByRole("radio", { name: /good/ }));
  await user.click(screen.getByRole("button", { name: /Show the candidate what is true/ }));
  expect(bodies()).toEqual([{ kind: "reveal", on: true }]);
  vi.useFakeTimers();
  try {
    act(() => room.tell({ revealed: { truth: panelFrame.truth! } }));
    act(() => void vi.advanceTimersByTime(179_000));
    expect(screen.getByText(/0:01 left/)).toBeTruthy();
    expect(bodies()).toHaveLength(1);
    act(() => void vi.advanceTimersByTime(1_500));
  } finally {
    vi.useRealTimers();
  }
  await vi.waitFor(() => expect(bodies().at(-1)).toEqual({ kind: "reveal", on: false }));
});
