// The two logs as one story: what happened in the room, and what was noted beside it, by the moment of the room.
import { type Row, NOTE_WORD } from "../../interview/record/fold";
import type { Mark, Ticket, VoidSpan } from "../wire";

export interface Line {
  key: string;
  v: number;
  kind: string;
  /** A line of the room says its words; one of the interview is drawn by the interview's own part. */
  text: string | null;
  row: Row | null;
  panel: boolean;
  /** It happened while nothing counted. */
  void: boolean;
}

const SHOWN = new Set(["note", "signal", "asked", "hint", "red_flag", "phase"]);

/** What a customer was told, beside what is so; of “I cannot tell” there is nothing to judge. */
function judged(mark: Mark, tickets: readonly Ticket[]): string {
  const ticket = mark.kind === "reply" ? tickets.find((one) => `T${one.number}` === mark.label) : undefined;
  if (ticket?.right === null || ticket?.right === undefined) return "";
  return ticket.right ? ": right" : ": wrong";
}

export function linesOf(marks: readonly Mark[], rows: readonly Row[], take: string, voids: readonly VoidSpan[] = [], tickets: readonly Ticket[] = []): Line[] {
  const voided = (v: number) => voids.some((span) => v >= span.from && v <= span.to);
  const room = marks.map((mark, place): Line => ({
    key: `m${mark.seq ?? `-${place}`}`,
    v: mark.v,
    kind: mark.kind,
    text: mark.kind === "void" && mark.words ? `${mark.text}: ${mark.words}` : (mark.text || mark.label) + judged(mark, tickets),
    row: null,
    panel: mark.panel,
    void: mark.kind !== "void" && voided(mark.v),
  }));
  const noted = rows.flatMap((row): Line[] =>
    row.withdrawn || !row.moment || row.moment.take !== take || !SHOWN.has(row.body.kind)
      ? []
      : [
          {
            key: row.id,
            v: row.moment.v,
            kind: row.body.kind === "note" ? NOTE_WORD[row.body.note] : row.body.kind.replace("_", " "),
            text: null,
            row,
            panel: false,
            void: voided(row.moment.v),
          },
        ],
  );
  return [...room, ...noted].sort((a, b) => a.v - b.v);
}
