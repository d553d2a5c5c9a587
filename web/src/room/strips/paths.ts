// Rows to paths of SVG: each measurement is a point, and where nothing was measured there is a gap.
import type { Row } from "../wire";
import { lift, placeOf, type Span, type Upward } from "./scale";

interface Box {
  width: number;
  height: number;
}

const TOP = 4;

const y = (value: number, up: Upward, height: number): number => TOP + (height - TOP - 1) * (1 - lift(value, up));

export const yOf = y;

/** A line through what was measured. */
export function linePath(rows: readonly Row[], [first, last]: [number, number], at: number, span: Span, up: Upward, { width, height }: Box): string {
  let path = "";
  let pen = false;
  for (let n = first; n <= last; n += 1) {
    const row = rows[n];
    const value = row?.values[at];
    if (!row || value === null || value === undefined || (up.log && value <= 0)) {
      pen = false;
      continue;
    }
    path += `${pen ? "L" : "M"}${(placeOf(row.v, span) * width).toFixed(1)} ${y(value, up, height).toFixed(1)}`;
    pen = true;
  }
  return path;
}

/** The same, down to the ground: for what piles up. */
export function areaPath(rows: readonly Row[], [first, last]: [number, number], at: number, span: Span, up: Upward, box: Box): string {
  const line = linePath(rows, [first, last], at, span, up, box);
  if (!line) return "";
  const x = (n: number) => (placeOf(rows[n]?.v ?? 0, span) * box.width).toFixed(1);
  return `${line.replaceAll(/(?<!^)M/gu, "L")}V${box.height - 1}H${x(firstWith(rows, first, last, at))}Z`;
}

/** Where what is there now began to pile up: the last row at which next to none of it was there. */
export function pileFrom(rows: readonly Row[], [first, last]: [number, number], at: number): number {
  const few = (rows[last]?.values[at] ?? 0) * 0.02;
  for (let n = last; n > first; n -= 1) if ((rows[n]?.values[at] ?? 0) <= few) return n;
  return first;
}

function firstWith(rows: readonly Row[], first: number, last: number, at: number): number {
  for (let n = first; n <= last; n += 1) if (rows[n]?.values[at] != null) return n;
  return first;
}

/** A bar for each measurement, as wide as it lasted. */
export function barsPath(rows: readonly Row[], [first, last]: [number, number], at: number, span: Span, up: Upward, { width, height }: Box): string {
  let path = "";
  for (let n = first; n <= last; n += 1) {
    const row = rows[n];
    const value = row?.values[at];
    if (!row || value === null || value === undefined || value <= 0) continue;
    const before = rows[n - 1]?.v ?? 2 * row.v - (rows[n + 1]?.v ?? row.v);
    const [left, right] = [placeOf(before, span) * width, placeOf(row.v, span) * width];
    const gap = right - left > 4 ? 2 : right - left > 2 ? 0.5 : 0;
    path += `M${(left + gap).toFixed(1)} ${height - 1}V${y(value, up, height).toFixed(1)}H${right.toFixed(1)}V${height - 1}Z`;
  }
  return path;
}
