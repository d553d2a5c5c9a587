// Two people wrote into the same pad: both keep what they wrote.

/**
 * `base` is what both began from. Where they changed different lines, both changes stand; where they changed the same ones, both
 * wordings stand one below the other, theirs first, because it was kept first.
 */
export function mergeText(base: string, mine: string, theirs: string): string {
  if (mine === theirs || base === theirs) return mine;
  if (base === mine) return theirs;
  const [from, ours, yours] = [base.split("\n"), mine.split("\n"), theirs.split("\n")];
  const [a, b] = [changed(from, ours), changed(from, yours)];
  // One ends before the other begins. Two insertions at one place do not: they would have no order of their own.
  const first = a.to <= b.from && !(a.from === a.to && b.from === b.to && a.from === b.from) ? a : b.to <= a.from ? b : null;
  if (first) {
    const second = first === a ? b : a;
    return [...from.slice(0, first.from), ...first.lines, ...from.slice(first.to, second.from), ...second.lines, ...from.slice(second.to)].join("\n");
  }
  const [start, end] = [Math.min(a.from, b.from), Math.max(a.to, b.to)];
  const whole = ({ from: at, to, lines }: Change) => [...from.slice(start, at), ...lines, ...from.slice(to, end)];
  const [left, right] = [whole(b), whole(a)];
  const both = left.join("\n") === right.join("\n") ? left : [...left, ...right];
  return [...from.slice(0, start), ...both, ...from.slice(end)].join("\n");
}

interface Change {
  /** Lines of the base that are replaced, and by what. */
  from: number;
  to: number;
  lines: string[];
}

function changed(base: string[], next: string[]): Change {
  let start = 0;
  while (start < base.length && start < next.length && base[start] === next[start]) start += 1;
  let end = 0;
  while (end < base.length - start && end < next.length - start && base[base.length - 1 - end] === next[next.length - 1 - end]) end += 1;
  return { from: start, to: base.length - end, lines: next.slice(start, next.length - end) };
}
