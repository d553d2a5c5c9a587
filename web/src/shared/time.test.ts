import { describe, expect, it } from "vitest";
import { clock, count, nearTime, readAloudSeconds, shortDate } from "./time";

const at = (text: string) => new Date(text);

describe("times", () => {
  it.each([
    [0, "00:00"],
    [302_999, "05:02"],
    [3_700_000, "61:40"],
    [-5, "00:00"],
  ])("clock of %i ms is %s", (ms, said) => {
    expect(clock(ms)).toBe(said);
  });

  it("says near days by name, across a change of month", () => {
    const now = at("2026-11-30T22:00:00");
    expect(nearTime(at("2026-11-30T08:05:00"), now)).toBe("today 08:05");
    expect(nearTime(at("2026-12-01T00:10:00"), now)).toBe("tomorrow 00:10");
    expect(nearTime(at("2026-11-29T23:59:00"), now)).toBe("yesterday 23:59");
    expect(nearTime(at("2026-12-02T09:00:00"), now)).toBe("2 Dec 09:00");
  });

  it("adds the year only to another one", () => {
    const now = at("2026-01-02T12:00:00");
    expect(shortDate(at("2026-05-03T12:00:00"), now)).toBe("3 May");
    expect(shortDate(at("2025-12-31T12:00:00"), now)).toBe("31 Dec 2025");
  });

  it("estimates reading aloud from words, in any script that has spaces", () => {
    expect(readAloudSeconds("word ".repeat(100))).toBe(40);
    expect(readAloudSeconds("")).toBe(5);
  });

  it("counts", () => {
    expect([count(1, "moment"), count(0, "moment"), count(2, "reply", "replies")]).toEqual([
      "1 moment",
      "0 moments",
      "2 replies",
    ]);
  });
});
