import { expect, it } from "vitest";
import type { Scenario } from "../wasm/practice";
import { axisOf, sampleAt } from "./axis";

const clock = { warm_up: 300_000, play: 2_700_000, drain: 7_200_000 } as Scenario;

it("gives the play most of the width, and finds every moment again", () => {
  const axis = axisOf(clock);
  expect([axis.place(axis.from), axis.place(axis.ends)]).toEqual([0, 1]);
  expect(axis.place(axis.closes)).toBeGreaterThan(0.8);
  for (const at of [300_000, 1_000_000, 3_000_000, 3_000_001, 9_999_999]) expect(axis.time(axis.place(at))).toBeCloseTo(at, 3);
  expect(axis.ticks.map((tick) => tick.label)).toEqual(["0:00", "10:00", "20:00", "30:00", "40:00"]);
});

it("shows the newest sample that had ended", () => {
  const ends = [10, 20, 30];
  expect([0, 10, 19, 20, 99].map((moment) => sampleAt(ends, moment))).toEqual([0, 0, 0, 1, 2]);
  expect(sampleAt([], 5)).toBe(0);
});
