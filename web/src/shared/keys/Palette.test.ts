import { describe, expect, it } from "vitest";
import { found } from "./Palette";

const find = (typed: string, name: string, more = "") => found("id", typed, [name, more]);

describe("finding by a few letters", () => {
  it("prefers the beginning of a word, then any place in the name, then other words", () => {
    const scores = [
      find("cons", "3 Consistency and distributed transactions"),
      find("sist", "3 Consistency and distributed transactions"),
      find("money", "3 Consistency", "The money has left"),
      find("consis", "Platform engineer, AI services"),
    ];
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
    expect(scores[3]).toBe(0);
  });

  it("wants every word, in any order, whatever the accents and the script", () => {
    expect(find("trans cons", "Consistency and transactions")).toBeGreaterThan(0);
    expect(find("trans zebra", "Consistency and transactions")).toBe(0);
    expect(find("munoz", "Debrief of Muñoz")).toBe(1);
    expect(find("كريم", "مقابلة كريم بن صالح")).toBe(1);
  });

  it("takes signs of regular expressions as letters", () => {
    for (const typed of ["(", "[a", "a+", "\\", "$", "."]) expect(() => find(typed, "Notes (draft)")).not.toThrow();
    expect(find("(dra", "Notes (draft)")).toBeGreaterThan(0);
  });
});
