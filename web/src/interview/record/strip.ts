// The strip of phases, to scale: phases as they were really entered, then the plan for the rest,
// and a mark for everything noted. Positions are fractions of the whole, so that drawing is CSS only.
import type { AgendaPhase } from "../../api/types";
import type { Row } from "./fold";

export interface Segment {
  phase: string;
  title: string;
  area: string;
  minutes: number;
  from_ms: number;
  to_ms: number;
  state: "done" | "now" | "to come";
}

export interface Mark {
  id: string;
  at_ms: number;
  kind: "signal" | "note" | "asked" | "hint" | "flag";
  /** What is printed: the signal's key, `Q`, `h`, `!`; a note is a stroke without a letter. */
  label: string;
}


const MINUTE_MS = 60_000;

/**
 * A phase that runs over pushes the later ones back instead of lying about the marks under it.
 * Phases that were skipped have no width; the list of phases still reaches them.
 */
export function layStrip(
  agenda: readonly AgendaPhase[],
  rows: readonly Row[],
  now_ms: number,
  ended: boolean,
): Segment[] {
  const byId = new Map(agenda.map((phase, index) => [phase.id, { phase, index }]));
  const segments: Segment[] = [];
  let lastIndex = -1;
  for (const row of rows) {
    const entered = enteredBy(row, agenda);
    const found = entered === null ? undefined : byId.get(entered);
    if (!found) continue;
    const before = segments.at(-1);
    // The clock's start enters the first phase, and often an entry of its own says so again.
    if (before?.phase === found.phase.id) continue;
    if (before) before.to_ms = Math.max(before.from_ms, row.at_ms);
    segments.push(segmentOf(found.phase, row.at_ms, row.at_ms, "done"));
    lastIndex = found.index;
  }
  const current = segments.at(-1);
  let end = 0;
  if (current) {
    const planned = current.from_ms + current.minutes * MINUTE_MS;
    current.to_ms = ended ? Math.max(current.from_ms, now_ms) : Math.max(planned, now_ms);
    current.state = ended ? "done" : "now";
    end = current.to_ms;
  }
  if (ended && current) return visible(segments);
  for (const phase of agenda.slice(lastIndex + 1)) {
    const to = end + phase.minutes * MINUTE_MS;
    segments.push(segmentOf(phase, end, to, "to come"));
    end = to;
  }
  return visible(segments);
}

/** Starting the clock enters the first phase, whether or not an entry of its own says so. */
function enteredBy(row: Row, agenda: readonly AgendaPhase[]): string | null {
  if (row.withdrawn) return null;
  if (row.body.kind === "start") return agenda[0]?.id ?? null;
  return row.body.kind === "phase" ? row.body.phase : null;
}

/** A phase left within a second was passed through, not held: it would be a hair on the strip. */
function visible(segments: Segment[]): Segment[] {
  return segments.filter((one) => one.state === "now" || one.to_ms - one.from_ms >= 1000);
}

function segmentOf(phase: AgendaPhase, from_ms: number, to_ms: number, state: Segment["state"]): Segment {
  return { phase: phase.id, title: phase.title, area: phase.area, minutes: phase.minutes, from_ms, to_ms, state };
}

export function lengthOf(segments: readonly Segment[], planned_minutes: number): number {
  return Math.max(1, segments.at(-1)?.to_ms ?? planned_minutes * MINUTE_MS);
}

/** `keyOf` gives the digit of a signal; areas number their signals from 1 each. */
export function marksOf(
  rows: readonly Row[],
  keyOf: (area: string, signal: string) => string,
): Mark[] {
  const marks: Mark[] = [];
  for (const row of rows) {
    if (row.withdrawn) continue;
    const at = { id: row.id, at_ms: row.at_ms };
    const { body } = row;
    if (body.kind === "signal") marks.push({ ...at, kind: "signal", label: keyOf(body.area, body.signal) });
    else if (body.kind === "note" && !toldBySignal(row, rows)) marks.push({ ...at, kind: "note", label: "" });
    else if (body.kind === "asked") marks.push({ ...at, kind: "asked", label: "Q" });
    else if (body.kind === "hint") marks.push({ ...at, kind: "hint", label: "h" });
    else if (body.kind === "red_flag") marks.push({ ...at, kind: "flag", label: "!" });
  }
  return marks;
}

/** A note about a signal of the same moment needs no stroke beside the signal's digit. */
function toldBySignal(note: Row, rows: readonly Row[]): boolean {
  return rows.some(
    (row) =>
      !row.withdrawn &&
      row.at_ms === note.at_ms &&
      row.who === note.who &&
      row.body.kind === "signal" &&
      note.body.kind === "note" &&
      note.body.signal === row.body.signal,
  );
}
