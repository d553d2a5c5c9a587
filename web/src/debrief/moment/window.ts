// The part of a record around a moment, and the moments before and after it. Pure.
import type { Entry } from "../../api/types";

export type Span = "15" | "60" | "120";
export const spans: readonly { value: Span; label: string }[] = [
  { value: "15", label: "15 s" },
  { value: "60", label: "1 min" },
  { value: "120", label: "2 min" },
];

export interface Around {
  from_ms: number;
  to_ms: number;
  entries: Entry[];
}

export function around(entries: readonly Entry[], at_ms: number, span: Span): Around {
  const reach_ms = Number(span) * 1000;
  const from_ms = Math.max(0, at_ms - reach_ms);
  const to_ms = at_ms + reach_ms;
  return {
    from_ms,
    to_ms,
    entries: entries
      .filter((entry) => !entry.withdrawn && entry.at_ms >= from_ms && entry.at_ms <= to_ms)
      .sort((a, b) => a.at_ms - b.at_ms || a.seq - b.seq),
  };
}

/** The note before (-1) or after (1) this moment; notes are what people argue with. */
export function neighbour(entries: readonly Entry[], at: { at_ms: number; id: string }, step: -1 | 1): Entry | null {
  const notes = entries
    .filter((entry) => entry.body.kind === "note" && !entry.withdrawn)
    .sort((a, b) => a.at_ms - b.at_ms || a.seq - b.seq);
  const here = notes.findIndex((note) => note.id === at.id);
  if (here >= 0) return notes[here + step] ?? null;
  const later = notes.findIndex((note) => note.at_ms > at.at_ms);
  const edge = later < 0 ? notes.length : later;
  return (step === 1 ? notes[edge] : notes[edge - 1]) ?? null;
}

/** The phases as they were really held: from each entry into a phase to the next one, or the end. */
export function phasesHeld(entries: readonly Entry[], end_ms: number): { id: string; from_ms: number; to_ms: number }[] {
  const starts = entries
    .flatMap((entry) => (entry.body.kind === "phase" && !entry.withdrawn ? [{ id: entry.body.phase, from_ms: entry.at_ms }] : []))
    .sort((a, b) => a.from_ms - b.from_ms);
  return starts.map((start, i) => ({ ...start, to_ms: Math.max(start.from_ms, starts[i + 1]?.from_ms ?? end_ms) }));
}
