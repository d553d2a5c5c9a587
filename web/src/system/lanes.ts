// Where the names of the faults stand above the strips: in lanes, so that no name lies on another, nor a line through one.
export interface Label {
  left: number;
  wide: number;
  lane: number;
}

/** A name's width is estimated, generously: it is one line of small type. */
const LETTER = 6.6;
const AROUND = 10;

/** Pixels that a name takes, and what is left free around it. */
export const wideOf = (name: string): number => name.length * LETTER + AROUND;

/** `at`: the faults' places in pixels, in the order of time. A name that would leave the plot is moved back into it. */
export function lanes(faults: { at: number; name: string }[], width: number): Label[] {
  const labels: Label[] = [];
  for (const { at, name } of faults) {
    const wide = wideOf(name);
    const left = Math.max(0, Math.min(at, width - wide));
    // Its own line begins at its lane and goes down, so whoever stands below must have ended before it.
    const free = (lane: number) => labels.every((other) => other.lane < lane || other.left + other.wide <= left);
    let lane = 0;
    while (!free(lane)) lane += 1;
    labels.push({ left, wide, lane });
  }
  return labels;
}
