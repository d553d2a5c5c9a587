import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AgendaPhase, Area, Body, Entry, Interview, Kit, Live } from "../../api/types";
import { KeyLayer } from "../../shared/keys/KeyLayer";
import { Memory } from "../outbox/db";
import { Outbox } from "../outbox/outbox";
import { DraftBox } from "../record/draft";
import { Session } from "../session/session";
import { Desk } from "./Desk";

const ME = { id: "anna", name: "Anna", initials: "AL" };
const area = (id: string): Area =>
  ({
    id, number: 1, title: `Title of ${id}`, short: `Short ${id}`,
    prompts: [{ id: "p", text: `Situation of ${id}`, note: "" }],
    follow_ups: [
      { id: "f1", text: "First?", moment: "early", fits: { phases: [], after: [], unless: [] }, separates: false, shallow: "s", lived: "l" },
      { id: "f2", text: "Second?", moment: "late", fits: { phases: [], after: [], unless: [] }, separates: true, shallow: "s", lived: "l" },
    ],
    signals: ["a", "b", "c"].map((one) => ({ id: `${id}-${one}`, text: `Signal ${one} of ${id}`, short: `short ${one}`, counts: "" })),
    red_flags: [{ id: "r", says: "It just works <img src=x onerror=alert(1)>", ask_then: "How do you know?" }],
    exercises: [],
  }) as unknown as Area;
const phase = (of: string, id: string): AgendaPhase => ({
  area: of, id: `${of}/${id}`, title: `${id} of ${of}`, minutes: 10, prompts: id === "open" ? ["p"] : [], aim: "Listen.",
  hints: ["faint", "plainer", "plain"], follow_ups: ["f1", "f2"], exercises: [],
});
const KIT = { id: "k", version: "1", areas: [area("one"), area("two")], exercises: [], regret_probes: [], regret_reading: "" } as unknown as Kit;
const LIVE: Live = {
  seq: 2, state: "running", elapsed_ms: 65_000, as_of: "2026-01-01T10:00:00Z", started_at: null, ended_at: null,
  phase: "one/open", phase_entered_ms: 0, relevant: [{ area: "one", follow_up: "f1" }, { area: "one", follow_up: "f2" }],
  next: "Next: listen", shown: [], present: [], candidate_present: false,
};
const entry = (seq: number, body: Body, who = "anna"): Entry => ({
  id: `0${seq}`, seq, at_ms: seq * 1000, who, received_at: "2026-01-01T10:00:00Z", withdrawn: false, moment: null, body,
});

let made: Body[];
let store: Memory;

async function desk(more: Partial<Interview> = {}, live: Partial<Live> = {}) {
  const interview = {
    id: "i", loop_id: "l", code: "H-27", candidate_name: "", title: "An interview", opening: null, kit_hash: "k",
    areas: ["one", "two"], agenda: [phase("one", "open"), phase("one", "deep"), phase("two", "open")],
    scheduled_at: null, due_at: null, people: [{ person: ME, part: "interviewer" }], you: "interviewer", minutes_planned: 30,
    entries: [entry(1, { kind: "start" }), entry(2, { kind: "phase", phase: "one/open" })],
    live: { ...LIVE, ...live }, pencilled: {}, links: [], material: [], scorecard_submitted: false, ...more,
  } as unknown as Interview;
  store = new Memory();
  const wire = { post: () => undefined, listen: () => () => undefined };
  const outbox = new Outbox({
    person: "anna", store, alone: (work) => work(), wire, later: () => () => undefined,
    deliver: async () => ({ kind: "unreachable" }),
  });
  const session = new Session({ interview, me: "anna", outbox, now: () => 1_000_000 });
  session.follow();
  const put = session.put.bind(session);
  session.put = (bodies, at_ms) => {
    made.push(...bodies);
    return put(bodies, at_ms);
  };
  const draft = new DraftBox("anna:i", store, wire);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <Desk interview={interview} kit={KIT} me={ME} session={session} draft={draft} outbox={outbox} />
        <KeyLayer />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  return { session, user: userEvent.setup() };
}

beforeEach(() => {
  made = [];
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("min-width: 1200px"), addEventListener: () => undefined, removeEventListener: () => undefined,
  }));
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network in tests")));
});
afterEach(() => vi.unstubAllGlobals());

const field = () => screen.getByRole("textbox", { name: "Note" });

test("a digit marks the signal of that number, and the same digit again takes nothing back", async () => {
  const { user } = await desk();
  await user.keyboard("2");
  expect(made).toEqual([{ kind: "signal", area: "one", signal: "one-b", prompted: null }]);
  await user.keyboard("2");
  expect(made).toHaveLength(1);
  const choices = screen.getByRole("group", { name: "Signal 2" });
  await user.click(within(choices).getByRole("button", { name: "Take it back" }));
  expect(made[1]?.kind).toBe("withdraw");
  expect(screen.queryByRole("group", { name: "Signal 2" })).toBeNull();
});

test("while a note is written every key is text; Tab changes its kind, Alt with a digit names a signal", async () => {
  const { user } = await desk();
  await user.keyboard("n");
  expect(document.activeElement).toBe(field());
  await user.keyboard("n 1 q h 9 . /");
  expect(made).toEqual([]);
  expect(field()).toHaveProperty("value", "n 1 q h 9 . /");
  await user.keyboard("{Tab}");
  expect(screen.getByRole("radio", { name: "did" })).toHaveProperty("checked", true);
  await user.keyboard("{Alt>}[Digit3]{/Alt}");
  await user.keyboard("{Shift>}{Enter}{/Shift}more{Enter}");
  expect(made).toEqual([
    { kind: "signal", area: "one", signal: "one-c", prompted: null },
    { kind: "note", note: "did", text: "n 1 q h 9 . /\nmore", area: "one", signal: "one-c" },
  ]);
  expect(field()).toHaveProperty("value", "");
});

test("Esc leaves the note with its draft kept, and Shift Tab goes back as everywhere", async () => {
  const { user } = await desk();
  await user.keyboard("nhalf{Escape}");
  expect(document.activeElement).not.toBe(field());
  expect(field()).toHaveProperty("value", "half");
  expect((await store.draft("anna:i"))?.text).toBe("half");
  await user.click(field());
  await user.keyboard("{Shift>}{Tab}{/Shift}");
  expect(document.activeElement).not.toBe(field());
});

test("Q marks the next follow-up, or the one that the arrows chose", async () => {
  const { user } = await desk();
  await user.keyboard("{ArrowDown}q");
  expect(made).toEqual([{ kind: "asked", area: "one", follow_up: "f2" }]);
  await user.keyboard("q");
  expect(made[1]).toEqual({ kind: "asked", area: "one", follow_up: "f1" });
});

test("H gives the hints of the phase in order, and never a fourth", async () => {
  const { user } = await desk();
  await user.keyboard("hhhh");
  expect(made).toEqual([1, 2, 3].map((number) => ({ kind: "hint", phase: "one/open", number })));
});

test("Z takes back the last mark, which can be put back at its moment", async () => {
  const { user } = await desk();
  await user.keyboard("1z");
  expect(made[1]?.kind).toBe("withdraw");
  await user.click(screen.getByRole("button", { name: "Put back" }));
  expect(made[2]).toEqual({ kind: "signal", area: "one", signal: "one-a", prompted: null });
  expect(screen.queryByRole("button", { name: "Put back" })).toBeNull();
});

test("looking at another area changes what is shown and heard, not where the clock is", async () => {
  const { user, session } = await desk();
  const areas = screen.getByRole("group", { name: "Areas of this interview" });
  await user.click(within(areas).getByRole("button", { name: /Short two/u }));
  expect(screen.getByText("Situation of two")).toBeTruthy();
  await user.keyboard("1");
  expect(made).toEqual([{ kind: "signal", area: "two", signal: "two-a", prompted: null }]);
  expect(session.view().clock.phase).toBe("one/open");
  await user.click(screen.getByRole("button", { name: "Move the clock here" }));
  expect(session.view().clock.phase).toBe("two/open");
});

test("the backslash hides everything in the same turn, before anything is drawn", async () => {
  const { user } = await desk();
  document.title = "An interview · Seatrial";
  const down = new KeyboardEvent("keydown", { key: "\\", bubbles: true });
  window.dispatchEvent(down);
  expect(document.documentElement.hasAttribute("data-veil")).toBe(true);
  expect(document.title).toBe("Seatrial");
  await user.keyboard("\\");
  expect(document.documentElement.hasAttribute("data-veil")).toBe(false);
});

test("before the start no mark can be made; Space starts the clock in the first phase", async () => {
  const { user } = await desk({ entries: [] }, { state: "planned", elapsed_ms: 0, phase: null, phase_entered_ms: null, seq: 0 });
  await user.keyboard("1qhn");
  expect(made).toEqual([]);
  await user.keyboard(" ");
  expect(made).toEqual([{ kind: "start" }, { kind: "phase", phase: "one/open" }]);
});

test("whoever only reads changes nothing", async () => {
  const { user } = await desk({ you: "reader" });
  await user.keyboard("1qhz. e");
  expect(made).toEqual([]);
  expect(screen.queryByRole("textbox", { name: "Note" })).toBeNull();
});

test("what waits is said, and is not called saved", async () => {
  const { user } = await desk();
  await user.keyboard("1");
  // The test's store is in memory, and the words must not promise more than that.
  expect((await screen.findAllByText("1 kept in this tab only, sent when the network is back")).length).toBeGreaterThan(0);
});

test("hostile text is shown as text", async () => {
  await desk({
    entries: [
      entry(1, { kind: "start" }),
      entry(2, { kind: "note", note: "said", text: "<script>alert(1)</script> مرحبا", area: "one", signal: null }),
    ],
  });
  expect(document.querySelector("script, img")).toBeNull();
  expect(screen.getAllByText("<script>alert(1)</script> مرحبا").length).toBeGreaterThan(0);
  expect(screen.getAllByText(/It just works <img/u).length).toBeGreaterThan(0);
});
