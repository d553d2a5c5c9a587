import { expect, test } from "vitest";
import type { Body, Entry, Interview, Live } from "../../api/types";
import { Memory } from "../outbox/db";
import { Outbox, type Deliver } from "../outbox/outbox";
import { Session } from "./session";

const LIVE: Live = {
  seq: 1, state: "running", elapsed_ms: 60_000, as_of: "2026-01-01T10:00:00Z", started_at: null, ended_at: null,
  phase: "consistency/open", phase_entered_ms: 0,
  relevant: [{ area: "consistency", follow_up: "worst-case" }, { area: "consistency", follow_up: "late-and-twice" }],
  next: "", shown: ["orders-api"], present: [], candidate_present: false,
};
const entry = (id: string, seq: number, body: Body, more: Partial<Entry> = {}): Entry => ({
  id, seq, at_ms: seq * 1000, who: "anna", received_at: "2026-01-01T10:00:00Z", withdrawn: false, moment: null, body, ...more,
});
const NOTE: Body = { kind: "note", note: "said", text: "hello", area: null, signal: null };

async function begin(deliver: Deliver = async () => ({ kind: "unreachable" }), entries: Entry[] = []) {
  let now = 1_000_000;
  const outbox = new Outbox({
    person: "anna", store: new Memory(), deliver, alone: (work) => work(),
    wire: { post: () => undefined, listen: () => () => undefined },
    later: () => () => undefined, now: () => now,
  });
  const interview = { id: "i", entries, live: LIVE } as unknown as Interview;
  const session = new Session({ interview, me: "anna", outbox, now: () => now });
  session.follow();
  return { session, outbox, pass: (ms: number) => (now += ms) };
}

test("an entry is seen at once, at the moment of the interview's clock", async () => {
  const { session, pass } = await begin();
  pass(5_000);
  const { kept } = session.put([NOTE]);
  expect(session.view().rows).toMatchObject([{ at_ms: 65_000, waiting: true }]);
  await kept;
  expect(session.view()).toMatchObject({ waiting: 1, saved_ms: null });
});

test("it counts as saved only when the server has it", async () => {
  const { session, outbox } = await begin(async (_, entries) => ({
    kind: "answered",
    result: {
      results: entries.map((one) => ({ id: one.id, seq: 2, refused: null })),
      entries: entries.map((one) => entry(one.id, 2, one.body, { at_ms: one.at_ms })),
      live: { ...LIVE, seq: 2 },
    },
  }));
  const { kept } = session.put([NOTE]);
  expect(session.view().saved_ms).toBeNull();
  await kept;
  await outbox.drain();
  expect(session.view()).toMatchObject({ waiting: 0, saved_ms: 60_000, rows: [{ seq: 2, waiting: false }] });
});

test("what was asked a moment ago is no longer offered, what was shown is shown", async () => {
  const { session } = await begin();
  session.put([{ kind: "asked", area: "consistency", follow_up: "worst-case" }]);
  session.put([{ kind: "show", material: "runs" }, { kind: "hide", material: "orders-api" }]);
  expect(session.view().relevant.map((one) => one.follow_up)).toEqual(["late-and-twice"]);
  expect(session.view().shown).toEqual(["runs"]);
});

test("an answer that was overtaken does not bring an older state back", async () => {
  const { session } = await begin(undefined, [entry("n", 1, NOTE)]);
  const newer = entry("n", 1, { ...NOTE, text: "revised" } as Body);
  session.merge([newer], { ...LIVE, seq: 5, elapsed_ms: 90_000 });
  session.merge([entry("n", 1, NOTE)], { ...LIVE, seq: 4, elapsed_ms: 80_000 });
  expect(session.view().rows).toMatchObject([{ body: { text: "revised" } }]);
  expect(session.elapsed()).toBe(90_000);
  expect(session.complete()).toBe(1);
});

test("an answer does not hide what others wrote before it: the stream still asks for that", async () => {
  const { session } = await begin(undefined, [entry("a", 1, NOTE)]);
  session.merge([entry("mine", 5, NOTE)], { ...LIVE, seq: 5 });
  expect(session.complete()).toBe(1);
  session.mergeAll([2, 3, 4].map((seq) => entry(`his-${seq}`, seq, NOTE, { who: "ben" })), { ...LIVE, seq: 5 });
  expect(session.view().rows).toHaveLength(5);
  expect(session.complete()).toBe(5);
});

test("presence may change without a new entry", async () => {
  const { session } = await begin();
  session.merge([], { ...LIVE, as_of: "2026-01-01T10:00:15Z", candidate_present: true });
  expect(session.view().live.candidate_present).toBe(true);
  session.merge([], { ...LIVE, as_of: "2026-01-01T10:00:05Z", candidate_present: false });
  expect(session.view().live.candidate_present).toBe(true);
});

test("ids stand in the order of making, within a millisecond too", async () => {
  const { session, pass } = await begin();
  const ids = [session.put([NOTE, NOTE, NOTE]).ids, session.put([NOTE]).ids].flat();
  pass(-50_000);
  ids.push(...session.put([NOTE]).ids);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(5);
});
