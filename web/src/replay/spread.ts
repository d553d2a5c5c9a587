// How one room stands among others that differ from it by chance alone, in words. It says where a figure lies and leaves what
// that means to people.
import { count } from "../system/format";

export interface SpreadRow {
  promise: string;
  mine: number;
  low: number;
  p25: number;
  median: number;
  p75: number;
  high: number;
  share_below: number;
}

const near = (value: number): string => (Number.isInteger(value) ? count(value) : value.toFixed(1).replace(/\.0$/u, ""));

/** `4 here; half of 200 other seeds between 2 and 6`. */
export function spreadWords(row: SpreadRow, of: number): string {
  const here = `${count(row.mine)} here`;
  if (row.low === row.high) return `${here}; ${near(row.median)} with nearly all of ${of} other seeds`;
  if (row.p25 === row.p75)
    return `${here}; ${near(row.median)} with half of ${of} other seeds and more, nine in ten between ${near(row.low)} and ${near(row.high)}`;
  return `${here}; half of ${of} other seeds between ${near(row.p25)} and ${near(row.p75)}`;
}

/** Shares of the width, 0 at the left, on an axis from nothing to the largest of all. */
export function boxOf(row: SpreadRow): { low: number; p25: number; median: number; p75: number; high: number; mine: number } {
  const most = Math.max(1, row.high, row.mine);
  const share = (value: number) => value / most;
  return { low: share(row.low), p25: share(row.p25), median: share(row.median), p75: share(row.p75), high: share(row.high), mine: share(row.mine) };
}
