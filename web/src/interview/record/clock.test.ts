import { expect, test } from "vitest";
import type { Live } from "../../api/types";
import { ahead, clockOf, elapsed, leftOf } from "./clock";

const live = (more: Partial<Live>): Live => ({
  seq: 1, state: "running", elapsed_ms: 60_000, as_of: "1999-01-01T00:00:00Z", started_at: null, ended_at: null,
  phase: "a/open", phase_entered_ms: 0, relevant: [], next: "", shown: [], present: [], candidate_present: false,
  ...more,
});

test("a running clock goes on by the wall clock from the moment of receipt", () => {
  const clock = clockOf(live({}), 1_000_000);
  expect(elapsed(clock, 1_005_000)).toBe(65_000);
  expect(elapsed(clock, 999_000)).toBe(60_000);
});

test("it stands while planned, paused or ended", () => {
  for (const state of ["planned", "paused", "ended"] as const) {
    expect(elapsed(clockOf(live({ state }), 0), 9_999_999)).toBe(60_000);
  }
});

test("unsent commands move the clock at once, from the moment they were given", () => {
  const planned = clockOf(live({ state: "planned", elapsed_ms: 0 }), 0);
  const started = ahead(planned, [{ at_ms: 0, kept_at: 10_000, body: { kind: "start" } }]);
  expect(elapsed(started, 12_000)).toBe(2_000);
  const paused = ahead(started, [{ at_ms: 2_000, kept_at: 12_000, body: { kind: "pause" } }]);
  expect(elapsed(paused, 99_000)).toBe(2_000);
  const resumed = ahead(paused, [{ at_ms: 2_000, kept_at: 20_000, body: { kind: "resume" } }]);
  expect(elapsed(resumed, 21_000)).toBe(3_000);
  const ended = ahead(resumed, [{ at_ms: 3_000, kept_at: 21_000, body: { kind: "end" } }]);
  expect(ended.state).toBe("ended");
});

test("a command that no longer fits changes nothing", () => {
  const ended = clockOf(live({ state: "ended" }), 0);
  expect(ahead(ended, [{ at_ms: 1, kept_at: 1, body: { kind: "pause" } }])).toEqual(ended);
  expect(ahead(ended, [{ at_ms: 1, kept_at: 1, body: { kind: "start" } }])).toEqual(ended);
});

test("what is left of a phase, and by how much it is overdrawn", () => {
  expect(leftOf(720_000, 461_000)).toEqual({ text: "4:19", over: false });
  expect(leftOf(60_000, 60_000)).toEqual({ text: "0:00", over: false });
  expect(leftOf(60_000, 140_000)).toEqual({ text: "1:20", over: true });
});
