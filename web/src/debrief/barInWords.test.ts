// The bar said in a sentence.
import { describe, expect, it } from "vitest";
import type { Level } from "../api/types";
import { barInWords } from "./barInWords";

const titles = new Map([..."abcdefg"].map((id) => [id, id.toUpperCase()]));
const bar = (levels: (Level | null)[]) => levels.map((level, i) => ({ area: "abcdefg"[i] ?? "", bar: level }));

describe("a bar in words", () => {
  it("names the exceptions and lets the rest be the rest", () => {
    expect(barInWords(bar(["good", "good", "excellent", "good", null, "good", "good"]), titles)).toBe(
      "Excellent in C, good in the rest, none set for E.",
    );
    expect(barInWords(bar(["good", "good"]), titles)).toBe("Good in every line.");
    expect(barInWords(bar(["good", "excellent"]), titles)).toMatch(/^(Excellent in B, good in A|Good in A, excellent in B)\.$/u);
    expect(barInWords(bar([null, null]), titles)).toBe("No line has a bar.");
  });
});
