// The two logs as one story: what happened in the room, and what was noted beside it, by the moment of the room.
import { type Row, NOTE_WORD } from "../../interview/record/fold";
import { type Called, titled } from "../titled";
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

const SPEED = /^Speed (\S+) to (\S+)$/;
/** Steps of one change of speed lie no further apart. */
const ONE_CHANGE_NS = 60e9;

/** Keys go through the speeds one by one; the record keeps from where to where. */
function speedOnce(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (const line of lines) {
    const last = kept.at(-1);
    const [from, to] = [SPEED.exec(last?.text ?? ""), SPEED.exec(line.text ?? "")];
    if (!last || !from || !to || line.v - last.v > ONE_CHANGE_NS) kept.push(line);
    else if (from[1] === to[2]) kept.pop();
    else kept.splice(-1, 1, { ...line, text: `Speed ${from[1]} to ${to[2]}` });
  }
  return kept;
}

interface Beside {
  voids?: readonly VoidSpan[];
  tickets?: readonly Ticket[];
  faults?: readonly Called[];
}

export function linesOf(marks: readonly Mark[], rows: readonly Row[], take: string, beside: Beside = {}): Line[] {
  const { voids = [], tickets = [], faults = [] } = beside;
  const voided = (v: number) => voids.some((span) => v >= span.from && v <= span.to);
  const room = marks.map((mark, place): Line & { seq: number } => ({
    key: `m${mark.seq ?? `-${place}`}`,
    v: mark.v,
    // What the system brings comes first: what people do at that moment follows from it.
    seq: mark.seq ?? -1,
    kind: mark.kind,
    text: mark.kind === "void" && mark.words ? `${mark.text}: ${mark.words}` : titled(mark.text || mark.label, faults) + judged(mark, tickets),
    row: null,
    panel: mark.panel,
    void: mark.kind !== "void" && voided(mark.v),
  }));
  const noted = rows.flatMap((row): (Line & { seq: number })[] =>
    row.withdrawn || !row.moment || row.moment.take !== take || !SHOWN.has(row.body.kind)
      ? []
      : [
          {
            key: row.id,
            v: row.moment.v,
            // Written when the room had come that far: after the command of this number.
            seq: row.moment.seq,
            kind: row.body.kind === "note" ? NOTE_WORD[row.body.note] : row.body.kind.replace("_", " "),
            text: null,
            row,
            panel: false,
            void: voided(row.moment.v),
          },
        ],
  );
  return speedOnce([...room, ...noted].sort((a, b) => a.v - b.v || a.seq - b.seq));
}
