// Which notes belong where on the page: facts of the record, set beside a line of the rubric so that a
// reader finds them. They never mark a cell.
import type { AreaScore, Behaviour, NoteForScoring } from "../api/types";

/** Notes that speak for a row: cited for it, or carrying one of its signals. Earliest first. */
export function notesOfRow(row: Behaviour, area: string, score: AreaScore, notes: NoteForScoring[]): NoteForScoring[] {
  const cited = new Map(score.evidence.map((evidence) => [evidence.entry, evidence.behaviour]));
  return notes
    .filter((note) => {
      const behaviour = cited.get(note.entry);
      if (behaviour) return behaviour === row.id;
      return note.signal?.area === area && row.signals.includes(note.signal.signal);
    })
    .sort((a, b) => a.at_ms - b.at_ms);
}

/** The row that a note would be cited for: the only one that listens for its signal, if there is one. */
export function rowOfNote(note: NoteForScoring, area: string, rows: Behaviour[]): string | null {
  if (note.signal?.area !== area) return null;
  const signal = note.signal.signal;
  const found = rows.filter((row) => row.signals.includes(signal));
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

/** Notes of this area and those of none; `all` shows those of other areas too. Newest first. */
export function notesFor(area: string, notes: NoteForScoring[], all: boolean): NoteForScoring[] {
  return notes
    .filter((note) => all || note.area === null || note.area === area || note.signal?.area === area)
    .sort((a, b) => b.at_ms - a.at_ms);
}
