// What stands on the time line of a replay: the room's marks and the notes beside it, in order, and the way from one to the next.
import { type Called, titled } from "../room/titled";
import type { Mark } from "../room/wire";

export type TrackKind = "fault" | "deed" | "ticket" | "alert" | "note" | "moment";

export interface Point {
  v: number;
  kind: TrackKind;
  /** What a list says of it. */
  word: string;
  text: string;
  /** The customer that it is about, as one searches for them. */
  key: string | null;
}

const KINDS: Partial<Record<Mark["kind"], TrackKind>> = {
  fault: "fault", lift: "fault", noticed: "deed", decision: "deed", move: "deed", reply: "deed", answer: "deed", options: "deed", search: "deed",
  reveal: "deed", void: "deed", ticket: "ticket", alert: "alert",
};

/** Speed, pause and the like say how the room was held; on the time line they would be in the way of what happened in it. */
export function pointsOf(marks: readonly Mark[], faults: readonly Called[] = []): Point[] {
  return marks.flatMap((mark): Point[] => {
    const kind = KINDS[mark.kind];
    return kind ? [{ v: mark.v, kind, word: mark.kind, text: titled(mark.text || mark.label, faults), key: null }] : [];
  });
}

export const inOrder = (points: readonly Point[]): Point[] => [...points].sort((a, b) => a.v - b.v);

/** A step of less than this from a mark would stay at it. */
const HERE_NS = 0.5e9;

export function neighbour(points: readonly Point[], v: number, by: 1 | -1): Point | null {
  const order = inOrder(points);
  if (by > 0) return order.find((one) => one.v > v + HERE_NS) ?? null;
  return order.findLast((one) => one.v < v - HERE_NS) ?? null;
}
