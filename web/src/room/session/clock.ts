// Virtual time between two frames: carried on by the wall clock, never beyond what a dead line could excuse, and, while it runs,
// never backwards by the little that news may be late.
import type { Clock } from "../wire";

export type RoomClock = Clock;

export interface Anchor {
  clock: RoomClock;
  /** This machine's monotonic time, in milliseconds, when the clock arrived. */
  received_ms: number;
}

/** Without news the clock stands still after this long: what it would show is a guess. */
const GUESS_MS = 1_500;
/** A step back by less than so much wall time is late news; by more, the room really is elsewhere. */
const LATE_MS = 1_500;

/** v now, by the last frame alone. */
export function carried({ clock, received_ms }: Anchor, now_ms: number): number {
  if (!clock.running || clock.ended) return clock.v;
  const since_ms = Math.min(GUESS_MS, Math.max(0, now_ms - received_ms));
  return clock.v + clock.speed * since_ms * 1e6;
}

/** v to show, after `shown` was. */
export function onward(anchor: Anchor, shown: number | null, now_ms: number): number {
  const v = carried(anchor, now_ms);
  // Where it stands is no guess, and everybody reads the same.
  if (shown === null || v >= shown || !anchor.clock.running || anchor.clock.ended) return v;
  return shown - v <= anchor.clock.speed * LATE_MS * 1e6 ? shown : v;
}
