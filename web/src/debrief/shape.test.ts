// The drawing keeps to what people gave.
import { describe, expect, it } from "vitest";
import type { Level, Stem } from "../api/types";
import { beams, DEPTH, drawStem, inWords } from "./shape";

const levels: (Level | null)[] = [null, "weak", "good", "excellent"];
const stem = (low: Level | null, high: Level | null, bar: Level | null): Stem => ({
  area: "a", short: "Testing", low, high, bar, state: low === null ? "gap" : low === high ? "agreed" : "differs",
});
const order = ["weak", "good", "excellent"];

describe("a stem", () => {
  it("is solid to what all agree on, hatched over the rest, and its bar is never hidden", () => {
    for (const low of levels)
      for (const high of levels)
        for (const bar of levels) {
          if ((low === null) !== (high === null)) continue;
          if (low && high && order.indexOf(low) > order.indexOf(high)) continue;
          const drawn = drawStem(stem(low, high, bar), 2);
          expect(drawn.solid_to).toBe(low ? DEPTH[low] : null);
          expect(drawn.hatched !== null).toBe(low !== high);
          expect(drawn.bar !== null).toBe(bar !== null);
          if (drawn.bar && low && high) {
            const inside = drawn.bar.y < DEPTH[high];
            expect(drawn.bar.over).toBe(inside);
          }
        }
  });
});

describe("the beam", () => {
  it("breaks where nobody assessed", () => {
    const seven = [..."1111101"].map((one) => (one === "1" ? stem("good", "good", null) : stem(null, null, null)));
    const pieces = beams(seven);
    expect(pieces.map((piece) => piece.gap)).toEqual([false, true, false]);
    for (let i = 1; i < pieces.length; i++) {
      const before = pieces[i - 1];
      const piece = pieces[i];
      if (before && piece) expect(before.x + before.width).toBeLessThanOrEqual(piece.x);
    }
  });

  it("is told in a sentence", () => {
    expect(inWords([stem("good", "excellent", null), stem(null, null, "good")])).toBe(
      "T-shape: Testing between good and excellent, Testing not assessed.",
    );
  });
});
