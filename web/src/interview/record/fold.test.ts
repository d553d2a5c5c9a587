import { expect, test } from "vitest";
import type { Body, Entry } from "../../api/types";
import { fold, heard, lastMark, lastSignal, type Kept } from "./fold";

const ANNA = "anna";
const BEN = "ben";

const taken = (id: string, body: Body, more: Partial<Entry> = {}): Entry => ({
  id, seq: 1, at_ms: 1000, who: ANNA, received_at: "2026-01-01T00:00:00Z", withdrawn: false, moment: null, body, ...more,
});
const kept = (id: string, body: Body, at_ms = 2000, refused: string | null = null): Kept => ({
  n: 1, person: ANNA, interview: "i", entry: { id, at_ms, body }, kept_at: 0, refused,
});
const SIGNAL: Body = { kind: "signal", area: "consistency", signal: "own-state", prompted: false };
const NOTE: Body = { kind: "note", note: "said", text: "old", area: null, signal: null };

test("an entry that waits is shown, and once the server has it the server's word counts", () => {
  const mine = kept("a", { ...SIGNAL, prompted: null });
  expect(fold([], [mine])).toMatchObject([{ id: "a", seq: null, waiting: true, body: { prompted: null } }]);
  const there = taken("a", { ...SIGNAL, prompted: true });
  expect(fold([there], [mine])).toMatchObject([{ id: "a", seq: 1, waiting: false, body: { prompted: true } }]);
});

test("unsent changes are laid over what they change", () => {
  const rows = fold(
    [taken("n", NOTE), taken("s", SIGNAL), taken("w", SIGNAL)],
    [
      kept("1", { kind: "revise", entry: "n", text: "new", note: "did" }),
      kept("2", { kind: "flip", entry: "s" }),
      kept("3", { kind: "withdraw", entry: "w" }),
    ],
  );
  expect(rows).toMatchObject([
    { id: "n", body: { text: "new", note: "did" }, waiting: true },
    { id: "s", body: { prompted: true }, waiting: true },
    { id: "w", withdrawn: true, waiting: true },
  ]);
});

test("a change to an entry that waits itself is laid over it as well", () => {
  const rows = fold([], [kept("n", NOTE), kept("1", { kind: "withdraw", entry: "n" })]);
  expect(rows).toMatchObject([{ id: "n", withdrawn: true }]);
});

test("refused entries and refused changes are no part of the record", () => {
  const rows = fold(
    [taken("n", NOTE)],
    [kept("x", SIGNAL, 1, "ended"), kept("y", { kind: "withdraw", entry: "n" }, 1, "ended")],
  );
  expect(rows).toMatchObject([{ id: "n", withdrawn: false, moment: null, waiting: false }]);
});

test("rows stand in the order of their moments, then of the server, unsent last", () => {
  const rows = fold(
    [taken("b", NOTE, { seq: 2 }), taken("a", NOTE, { seq: 1 }), taken("late", NOTE, { seq: 3, at_ms: 500 })],
    [kept("c", NOTE, 1000)],
  );
  expect(rows.map((row) => row.id)).toEqual(["late", "a", "b", "c"]);
});

test("a signal counts from its first hearing that stands; one's own goes before another's", () => {
  const rows = fold(
    [
      taken("gone", SIGNAL, { at_ms: 100, withdrawn: true }),
      taken("his", SIGNAL, { at_ms: 200, who: BEN }),
      taken("mine", SIGNAL, { at_ms: 300 }),
      taken("again", SIGNAL, { at_ms: 400 }),
      taken("elsewhere", { ...SIGNAL, area: "testing" }, { at_ms: 1 }),
    ],
    [],
  );
  expect(heard(rows, "consistency", ANNA).get("own-state")).toMatchObject({ row: "mine", at_ms: 300, mine: true });
});

test("taking back goes by the order of making, and never to what others made", () => {
  const rows = fold(
    [
      taken("01", SIGNAL, { at_ms: 9000 }),
      // Written later about an earlier moment.
      taken("02", NOTE, { at_ms: 1000 }),
      taken("03", NOTE, { at_ms: 9500, who: BEN }),
      taken("04", { kind: "pause" }, { at_ms: 9600 }),
      taken("05", SIGNAL, { withdrawn: true }),
    ],
    [],
  );
  expect(lastMark(rows, ANNA)?.id).toBe("02");
  expect(lastSignal(rows, ANNA)?.id).toBe("01");
  expect(lastMark(rows, "nobody")).toBeNull();
});
