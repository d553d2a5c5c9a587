// Where the strokes of the T-shape go: a beam for breadth, a stem per line for depth. Pure geometry of
// levels that people gave; nothing is averaged.
import type { Level, Stem } from "../api/types";

export const COLUMN = 40;
export const STEM = 20;
export const LEFT = 4;
export const BEAM = { top: 88, height: 8 };
export const DEPTH: Record<Level, number> = { weak: 148, good: 208, excellent: 268 };
const INSET = (index: number) => LEFT + index * COLUMN;

export interface DrawnStem {
  x: number;
  /** Solid from the beam to what all agree on; null where nobody assessed. */
  solid_to: number | null;
  /** Hatched over the range in which the panel differs. */
  hatched: { from: number; to: number } | null;
  gap: boolean;
  /** Height of the bar's tick; `over` when it crosses ink and wants a rim. */
  bar: { y: number; over: boolean } | null;
}

export function drawStem(stem: Stem, index: number): DrawnStem {
  const x = INSET(index);
  const low = stem.low ? DEPTH[stem.low] : null;
  const high = stem.high ? DEPTH[stem.high] : null;
  const gap = low === null || high === null;
  return {
    x,
    solid_to: low,
    hatched: !gap && low !== high ? { from: low, to: high } : null,
    gap,
    bar: stem.bar ? tick(DEPTH[stem.bar], high, gap) : null,
  };
}

/** Just under a stem that ends at the bar, so that both are seen; otherwise at its depth. */
function tick(bar: number, high: number | null, gap: boolean): { y: number; over: boolean } {
  if (gap) return { y: bar + 1, over: true };
  if (high === bar) return { y: bar + 6, over: false };
  return { y: bar + 1, over: (high ?? 0) > bar };
}

/** The beam: one piece over each run of assessed lines, broken and dashed over the others. */
export function beams(stems: readonly Stem[]): { x: number; width: number; gap: boolean }[] {
  const pieces: { x: number; width: number; gap: boolean }[] = [];
  stems.forEach((stem, index) => {
    const gap = stem.state === "gap";
    const x = INSET(index);
    const before = pieces[pieces.length - 1];
    if (before && before.gap === gap) before.width = x + STEM - before.x;
    else pieces.push({ x, width: STEM, gap });
  });
  // Solid pieces reach half-way towards a gap, as an arm that ends in the air.
  return pieces.map((piece, i) => {
    if (piece.gap) return piece;
    const start = i > 0 ? piece.x - (COLUMN - STEM) / 2 + 2 : piece.x;
    const end = piece.x + piece.width + (i < pieces.length - 1 ? (COLUMN - STEM) / 2 - 2 : 0);
    return { ...piece, x: start, width: end - start };
  });
}

/** The shape in a sentence, for ears. */
export function inWords(stems: readonly Stem[]): string {
  const parts = stems.map((stem) => {
    if (stem.state === "gap" || !stem.low || !stem.high) return `${stem.short} not assessed`;
    return stem.low === stem.high ? `${stem.short} ${stem.low}` : `${stem.short} between ${stem.low} and ${stem.high}`;
  });
  return `T-shape: ${parts.join(", ")}.`;
}
