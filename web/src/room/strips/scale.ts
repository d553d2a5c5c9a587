// Scales of the strips: one for time, the same for all of them, and one upward for each. Nothing is smoothed and nothing is
// left out; a scale changes in steps, so that lines do not crawl while the room runs.
import type { Row, Strip } from "../wire";

const SECOND = 1e9;
const MINUTE_S = 60;

export interface Span {
  /** v at the left and right end. */
  from: number;
  to: number;
}

/** From the opening to a little beyond now: in steps of two minutes, later of five. */
export function wholeSpan(opens: number, v: number): Span {
  const s = Math.max(0, (v - opens) / SECOND);
  const step = (s < 20 * MINUTE_S ? 2 : 5) * MINUTE_S;
  return { from: opens, to: opens + Math.max(4 * MINUTE_S, Math.ceil((s + 1) / step) * step) * SECOND };
}

const STEPS_S = [10, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Round moments since the opening, at most seven of them. */
export function ticksOf({ from, to }: Span, opens: number, most = 7): number[] {
  const long_s = (to - from) / SECOND;
  const step = (STEPS_S.find((one) => long_s / one <= most) ?? 7200) * SECOND;
  const first = Math.ceil((from - opens) / step) * step + opens;
  const ticks: number[] = [];
  for (let v = first; v < to - step * 0.25; v += step) ticks.push(v);
  return ticks;
}

export const placeOf = (v: number, { from, to }: Span): number => (v - from) / (to - from);

/** Places of the first and last row of a span; one more on each side, so that lines reach the edge. */
export function rowsIn(rows: readonly Row[], { from, to }: Span): [first: number, last: number] {
  return [Math.max(0, rowAt(rows, from) - 1), Math.min(rows.length - 1, rowAt(rows, to))];
}

/** The row that measured a moment: the first that ends at it or after; the last one for what is not measured yet. */
export function rowAt(rows: readonly Row[], v: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.v ?? 0) < v) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, rows.length - 1);
}

export interface Upward {
  low: number;
  high: number;
  log: boolean;
  /** The one labelled value. */
  mark: number;
}

export function upward(strip: Strip, rows: readonly Row[]): Upward {
  let [least, most] = [Infinity, 0];
  for (const row of rows) {
    for (const line of strip.lines) {
      const value = row.values[line.at];
      if (value === null || value === undefined) continue;
      if (value > most) most = value;
      if (value > 0 && value < least) least = value;
    }
  }
  if (strip.log) {
    const low = 10 ** Math.floor(Math.log10(Math.min(least, 100)));
    const high = round(Math.max(most, low * 10)) * 1.25;
    const power = 10 ** Math.floor(Math.log10(high));
    return { low, high, log: true, mark: power };
  }
  const at = strip.alert_at;
  if (at !== null) {
    // An alert on anything at all leaves nothing to scale by.
    const quiet = at === 0 ? FLOOR[strip.unit] : at * 1.5;
    return { low: 0, high: Math.max(quiet, most > at ? round(most) * 1.1 : 0), log: false, mark: at };
  }
  const top = round(Math.max(most, FLOOR[strip.unit]));
  return { low: 0, high: top * 1.25, log: false, mark: top };
}

/** A scale does not magnify what is next to nothing. */
const FLOOR: Record<Strip["unit"], number> = { per_second: 1, percent: 5, ms: 10, count: 50, seconds: 10 };

/** The next round number. */
export function round(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value * 0.999) ?? 10) * power;
}

/** Share of the height, 0 at the bottom. */
export function lift(value: number, { low, high, log }: Upward): number {
  const share = log ? (Math.log(Math.max(low, value)) - Math.log(low)) / (Math.log(high) - Math.log(low)) : (value - low) / (high - low);
  return Math.min(1, Math.max(0, share));
}
