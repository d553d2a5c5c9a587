import { describe, expect, it } from "vitest";
import { lanes } from "./lanes";

const faults = [
  { at: 80, name: "settle db down" },
  { at: 140, name: "poison" },
  { at: 220, name: "answers vanish" },
  { at: 290, name: "killed" },
];

describe("names of faults", () => {
  it.each([500, 300, 150])("lie on no other, and no line goes through them, in %i pixels", (width) => {
    const scaled = faults.map((fault) => ({ ...fault, at: (fault.at * width) / 500 }));
    const labels = lanes(scaled, width);
    labels.forEach((one, n) => {
      expect(one.left).toBeGreaterThanOrEqual(0);
      expect(one.left + one.wide).toBeLessThanOrEqual(width);
      labels.slice(n + 1).forEach((later, m) => {
        const apart = one.left + one.wide <= later.left;
        expect(apart || one.lane < later.lane).toBe(true);
        const line = scaled[n + 1 + m]?.at ?? 0;
        if (line > one.left && line < one.left + one.wide) expect(later.lane).toBeGreaterThan(one.lane);
      });
    });
  });

  it("begin again at the top where there is room", () => {
    expect(lanes([{ at: 0, name: "a" }, { at: 400, name: "b" }], 500).map(({ lane }) => lane)).toEqual([0, 0]);
  });
});
