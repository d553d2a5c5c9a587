// Two people wrote into the same pad: both keep what they wrote, and where they were writing.
import { diff3Merge, diffIndices } from "node-diff3";

/**
 * `base` is what both began from. Where they changed different lines, both changes stand; where they changed the same ones, both
 * wordings stand one below the other, theirs first, because it was kept first.
 */
export function mergeText(base: string, mine: string, theirs: string): string {
  if (mine === theirs || base === theirs) return mine;
  if (base === mine) return theirs;
  const [from, ours, yours] = [base.split("\n"), mine.split("\n"), theirs.split("\n")];
  if (tooMany(from, ours) || tooMany(from, yours)) return both(from, ours, yours).join("\n");
  const pieces = diff3Merge(ours, from, yours);
  return pieces.flatMap(({ ok, conflict }) => ok ?? (conflict ? both(conflict.o, conflict.a, conflict.b) : [])).join("\n");
}

/** Where a cursor at `at` belongs once `before` has become `after`: between the same words. */
export function moved(before: string, after: string, at: number): number {
  const [from, to] = [before.split("\n"), after.split("\n")];
  const line = before.slice(0, at).split("\n").length - 1;
  let shift = 0;
  for (const one of changes(from, to)) {
    if (one.from > line) break;
    if (one.to <= line) {
      shift += length(one.put) - length(from.slice(one.from, one.to));
      continue;
    }
    const start = length(from.slice(0, one.from));
    const there = start + shift + within(from.slice(one.from, one.to).join("\n"), one.put.join("\n"), at - start);
    return Math.min(there, after.length);
  }
  return at + shift;
}

/** The same, letter by letter, in a few lines that have become others. */
function within(before: string, after: string, at: number): number {
  let shift = 0;
  for (const { from, to, put } of changes(before.split(""), after.split(""))) {
    if (from >= at) break;
    if (to > at) return from + shift + Math.min(at - from, put.length);
    shift += put.length - (to - from);
  }
  return at + shift;
}

/** Characters of whole lines, their ends included. */
const length = (lines: string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);

interface Change {
  /** Lines (or letters) of the base that are replaced, and by what. */
  from: number;
  to: number;
  put: string[];
}

/** Comparing takes up to one line with every other: of a pad of empty lines that would hold up the page for seconds. */
const PAIRS_MAX = 4_000_000;
const tooMany = (one: string[], other: string[]) => one.length * other.length > PAIRS_MAX;

function changes(base: string[], next: string[]): Change[] {
  if (tooMany(base, next)) return [changed(base, next)];
  return diffIndices(base, next).map(({ buffer1: [from, count], buffer2Content }) => ({ from, to: from + count, put: buffer2Content }));
}

/** All that differs as one change. */
function changed(base: string[], next: string[]): Change {
  let start = 0;
  while (start < base.length && start < next.length && base[start] === next[start]) start += 1;
  let end = 0;
  while (end < base.length - start && end < next.length - start && base[base.length - 1 - end] === next[next.length - 1 - end]) end += 1;
  return { from: start, to: base.length - end, put: next.slice(start, next.length - end) };
}

/** Both changes to the same few lines, or to lines that touch. */
function both(base: string[], mine: string[], theirs: string[]): string[] {
  const [a, b] = [changed(base, mine), changed(base, theirs)];
  // One ends before the other begins. Two insertions at one place do not: they would have no order of their own.
  const first = a.to <= b.from && !(a.from === a.to && b.from === b.to && a.from === b.from) ? a : b.to <= a.from ? b : null;
  if (first) {
    const second = first === a ? b : a;
    return [...base.slice(0, first.from), ...first.put, ...base.slice(first.to, second.from), ...second.put, ...base.slice(second.to)];
  }
  const [start, end] = [Math.min(a.from, b.from), Math.max(a.to, b.to)];
  const whole = ({ from: at, to, put }: Change) => [...base.slice(start, at), ...put, ...base.slice(to, end)];
  const [left, right] = [whole(b), whole(a)];
  const one = left.join("\n") === right.join("\n");
  return [...base.slice(0, start), ...left, ...(one ? [] : right), ...base.slice(end)];
}
