// The record as this person should see it now: the server's entries with the person's own unsent
// ones on top. The server folds what it has taken; here only the unsent rest is laid over it.
import type { Entry, Id, NewEntry, NoteKind } from "../../api/types";

export interface Kept {
  /** Order of keeping, over all tabs of this browser. */
  n: number;
  person: Id;
  interview: Id;
  entry: NewEntry;
  /** Wall time of this machine when it was kept. */
  kept_at: number;
  /** Why the server will not take it; null while it waits. */
  refused: string | null;
}

export interface Row extends Omit<Entry, "seq"> {
  /** Null until the server has given it a place. */
  seq: number | null;
  /** True while the entry, or a change to it, has not been confirmed. */
  waiting: boolean;
}

/** Oldest first, by moment. Refused entries are no part of the record; the page lists them apart. */
export function fold(taken: Iterable<Entry>, kept: readonly Kept[]): Row[] {
  const rows = new Map<Id, Row>();
  for (const entry of taken) rows.set(entry.id, { ...entry, waiting: false });
  for (const one of kept) {
    if (one.refused === null && !rows.has(one.entry.id)) lay(rows, one);
  }
  return [...rows.values()].sort(byMoment);
}

function lay(rows: Map<Id, Row>, kept: Kept): void {
  const { entry, person, kept_at } = kept;
  const { body } = entry;
  switch (body.kind) {
    case "revise":
      return change(rows, body.entry, (row) =>
        row.body.kind === "note"
          ? { ...row, body: { ...row.body, text: body.text, note: body.note } }
          : row,
      );
    case "flip":
      return change(rows, body.entry, (row) =>
        row.body.kind === "signal"
          ? { ...row, body: { ...row.body, prompted: flipped(row.body.prompted) } }
          : row,
      );
    case "withdraw":
      return change(rows, body.entry, (row) => ({ ...row, withdrawn: true }));
    default:
      rows.set(entry.id, {
        id: entry.id,
        seq: null,
        at_ms: entry.at_ms,
        who: person,
        received_at: new Date(kept_at).toISOString(),
        withdrawn: false, moment: null,
        body,
        waiting: true,
        ...(entry.moment && { moment: entry.moment }),
      });
  }
}

/** Whether an unsent signal was prompted is the server's to say, so its flip is unknown as well. */
function flipped(prompted: boolean | null): boolean | null {
  return prompted === null ? null : !prompted;
}

function change(rows: Map<Id, Row>, id: Id, to: (row: Row) => Row): void {
  const row = rows.get(id);
  if (row) rows.set(id, { ...to(row), waiting: true });
}

function byMoment(a: Row, b: Row): number {
  return a.at_ms - b.at_ms || (a.seq ?? Infinity) - (b.seq ?? Infinity) || (a.id < b.id ? -1 : 1);
}

export interface Heard {
  row: Id;
  at_ms: number;
  /** Null while the server has not answered. */
  prompted: boolean | null;
  mine: boolean;
  who: Id;
  waiting: boolean;
}

/** The first hearing of each signal of an area that still stands; one's own before another's. */
export function heard(rows: readonly Row[], area: string, me: Id): Map<string, Heard> {
  const found = new Map<string, Heard>();
  for (const row of rows) {
    if (row.withdrawn || row.body.kind !== "signal" || row.body.area !== area) continue;
    const mine = row.who === me;
    const before = found.get(row.body.signal);
    if (before && (before.mine || !mine)) continue;
    found.set(row.body.signal, {
      row: row.id,
      at_ms: row.at_ms,
      prompted: row.body.prompted,
      mine,
      who: row.who,
      waiting: row.waiting,
    });
  }
  return found;
}

/** First moment at which something of a kind happened, by its id within its area or phase. */
export function firsts(
  rows: readonly Row[],
  pick: (row: Row) => string | null,
): Map<string, { at_ms: number; row: Id; who: Id }> {
  const found = new Map<string, { at_ms: number; row: Id; who: Id }>();
  for (const row of rows) {
    if (row.withdrawn) continue;
    const key = pick(row);
    if (key !== null && !found.has(key)) found.set(key, { at_ms: row.at_ms, row: row.id, who: row.who });
  }
  return found;
}

const MARKS = new Set(["read", "asked", "hint", "note", "signal", "red_flag"]);

/** What `Z` takes back: this person's latest mark, by the order of making and not by its moment. */
export function lastMark(rows: readonly Row[], me: Id): Row | null {
  return last(rows, (row) => row.who === me && MARKS.has(row.body.kind));
}

/** What `P` flips. */
export function lastSignal(rows: readonly Row[], me: Id): Row | null {
  return last(rows, (row) => row.who === me && row.body.kind === "signal");
}

function last(rows: readonly Row[], fits: (row: Row) => boolean): Row | null {
  let best: Row | null = null;
  for (const row of rows) {
    // Ids are time-ordered (UUIDv7), so the greatest one was made last.
    if (!row.withdrawn && fits(row) && (best === null || row.id > best.id)) best = row;
  }
  return best;
}

export const NOTE_KINDS: readonly NoteKind[] = ["said", "did", "reading"];
export const NOTE_WORD: Record<NoteKind, string> = { said: "said", did: "did", reading: "my reading" };

export function nextKind(kind: NoteKind): NoteKind {
  return NOTE_KINDS[(NOTE_KINDS.indexOf(kind) + 1) % NOTE_KINDS.length] ?? "said";
}
