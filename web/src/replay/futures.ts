// Two futures of the same customers beside each other: promises, customers, figures, and one customer's steps.
import type { Row, Strip, Truth } from "../room/wire";
import type { Step } from "./api";

type TruthRow = Truth["rows"][number];

export interface Pair {
  promise: string;
  says: string;
  hurts: string;
  held: TruthRow | null;
  otherwise: TruthRow | null;
}

/** Promises in the order of the one that was held; what only the other has comes last. */
export function pairs(held: Truth, otherwise: Truth): Pair[] {
  const there = new Map(otherwise.rows.map((row) => [row.promise, row]));
  const here = held.rows.map((row): Pair => ({
    promise: row.promise,
    says: row.says,
    hurts: row.hurts,
    held: row,
    otherwise: there.get(row.promise) ?? null,
  }));
  const known = new Set(held.rows.map((row) => row.promise));
  const more = otherwise.rows
    .filter((row) => !known.has(row.promise))
    .map((row): Pair => ({ promise: row.promise, says: row.says, hurts: row.hurts, held: null, otherwise: row }));
  return [...here, ...more];
}

export interface Customers {
  /** Hurt in both, in what was held only, and in the other only. */
  both: TruthRow["who"];
  held: TruthRow["who"];
  otherwise: TruthRow["who"];
}

export function customers({ held, otherwise }: Pair): Customers {
  const [a, b] = [held?.who ?? [], otherwise?.who ?? []];
  const [as, bs] = [new Set(a.map((one) => one.serial)), new Set(b.map((one) => one.serial))];
  return {
    both: a.filter((one) => bs.has(one.serial)),
    held: a.filter((one) => !bs.has(one.serial)),
    otherwise: b.filter((one) => !as.has(one.serial)),
  };
}

/** The values of one line, with gaps where nothing was measured; places are shares of the span. */
export function lineOf(rows: readonly Row[], at: number, from: number, to: number): { x: number; y: number | null }[] {
  return rows.filter((row) => row.v >= from && row.v <= to).map((row) => ({ x: (row.v - from) / Math.max(1, to - from), y: row.values[at] ?? null }));
}

/** The strips that both futures have, by their strongest line. */
export function charts(held: readonly Strip[], otherwise: readonly Strip[]): { strip: Strip; at: number; other: number }[] {
  return held.flatMap((strip) => {
    const there = otherwise.find((one) => one.id === strip.id);
    const line = strip.lines.find((one) => one.strong) ?? strip.lines[0];
    const other = there?.lines.find((one) => one.label === line?.label);
    return strip.box === null && line && other ? [{ strip, at: line.at, other: other.at }] : [];
  });
}

export interface StepPair {
  held: Step | null;
  otherwise: Step | null;
  differs: boolean;
}

/** What both did in the same words stands on one line; a number that each run made for itself makes no difference. */
const says = (step: Step): string => `${step.is} ${step.part} ${step.text.replaceAll(/\d[\d.,]*( (ms|s|min|h)\b)?/gu, "#")}`;

/** The longest common order of steps, so that what was done in between stands alone on its side. */
export function align(held: readonly Step[], otherwise: readonly Step[]): StepPair[] {
  const [a, b] = [held.map(says), otherwise.map(says)];
  const best = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      best[i]![j] = a[i] === b[j] ? best[i + 1]![j + 1]! + 1 : Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
    }
  }
  const pairs: StepPair[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [held[i] ?? null, otherwise[j] ?? null];
    if (left && right && a[i] === b[j]) {
      pairs.push({ held: left, otherwise: right, differs: false });
      [i, j] = [i + 1, j + 1];
    } else if (right && (!left || best[i]![j + 1]! > best[i + 1]![j]!)) {
      pairs.push({ held: null, otherwise: right, differs: true });
      j += 1;
    } else {
      pairs.push({ held: left, otherwise: null, differs: true });
      i += 1;
    }
  }
  return pairs;
}
