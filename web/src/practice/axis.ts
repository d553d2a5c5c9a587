// The one time axis of all strips: the play in most of it, and what comes after the last order, when only work that is left
// gets done, squeezed into the rest behind a rule.
import type { Scenario } from "../wasm/practice";

export interface Axis {
  from: number;
  closes: number;
  ends: number;
  /** Milliseconds → share of the width, 0 to 1. */
  place: (at: number) => number;
  /** The other way round. */
  time: (share: number) => number;
  /** Where lines are drawn, with their words. */
  ticks: { at: number; label: string }[];
}

const PLAY = 0.86;

export function axisOf({ warm_up, play, drain }: Scenario): Axis {
  const [from, closes, ends] = [warm_up, warm_up + play, warm_up + play + drain];
  const share = drain > 0 ? PLAY : 1;
  const place = (at: number) => {
    if (at <= from) return 0;
    if (at <= closes) return ((at - from) / play) * share;
    return Math.min(1, share + ((at - closes) / drain) * (1 - share));
  };
  const time = (x: number) => {
    const inside = Math.min(1, Math.max(0, x));
    if (inside <= share) return from + (inside / share) * play;
    return closes + ((inside - share) / (1 - share)) * drain;
  };
  const minutes = play / 60_000;
  const step = [1, 2, 5, 10, 15, 30, 60].find((one) => minutes / one <= 6) ?? 120;
  const ticks = Array.from({ length: Math.floor((minutes - 0.01) / step) + 1 }, (_, n) => ({
    at: from + n * step * 60_000,
    label: `${n * step}:00`,
  }));
  return { from, closes, ends, place, time, ticks };
}

/** The sample that shows a moment: the newest that had ended by then. */
export function sampleAt(at: number[], moment: number): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
