import { expect, test } from "vitest";
import { commandFinding, keyFinding, lineFinding, windowFinding } from "./check";

test("a window is told what it is good for, and what would help", () => {
  expect(windowFinding(1440, 900)).toEqual({ verdict: "good", says: "1440 × 900: the system is drawn, with your work beside it." });
  expect(windowFinding(1279, 900).verdict).toBe("fair");
  expect(windowFinding(1440, 600).verdict).toBe("fair");
  expect(windowFinding(899, 900).verdict).toBe("bad");
  for (const [width, height] of [[1279, 900], [390, 844]] as const) expect(windowFinding(width, height).todo).toContain("1280");
});

test("a line that never opened, one that broke and one that stayed are three things", () => {
  const verdict = (hello_ms: number | null, broke: boolean) => lineFinding({ hello_ms, watched_ms: 5_000, broke }).verdict;
  expect([verdict(null, true), verdict(null, false), verdict(80, true), verdict(80, false)]).toEqual(["bad", "bad", "fair", "good"]);
  expect(lineFinding({ hello_ms: 1_240, watched_ms: 5_020, broke: false }).says).toBe("Opened after 1.2 s, and stayed for 5 s.");
});

test("commands are judged by their median, and by those without an answer", () => {
  expect(commandFinding([20, 900, 30, 25, 40], 5)).toEqual({ verdict: "good", says: "30 ms until a command is safe on the server, as a rule." });
  expect(commandFinding([400, 500, 600], 3).says).toContain("can be felt");
  expect(commandFinding([1_100, 1_200, 1_300], 3).verdict).toBe("fair");
  expect(commandFinding([20, 30], 5).says).toContain("3 of 5 were not answered");
  expect(commandFinding([], 5).verdict).toBe("bad");
});

test("a key that was not heard is no verdict", () => {
  expect(keyFinding(null)).toBeNull();
  expect(keyFinding("k")?.says).toContain("“k” arrived");
});
