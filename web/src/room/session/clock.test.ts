import { expect, test } from "vitest";
import { carried, onward, type RoomClock } from "./clock";

const SECOND = 1e9;
const clock = (more: Partial<RoomClock>): RoomClock => ({
  v: 100 * SECOND, running: true, speed: 4, head: 101 * SECOND, ended: false, why: null, left_ms: null, ...more,
});

test("between frames virtual time goes on at its speed, and a clock that stands does not", () => {
  expect(carried({ clock: clock({}), received_ms: 1000 }, 1500)).toBe(102 * SECOND);
  expect(carried({ clock: clock({ running: false }), received_ms: 1000 }, 9000)).toBe(100 * SECOND);
  expect(carried({ clock: clock({ ended: true }), received_ms: 1000 }, 9000)).toBe(100 * SECOND);
});

test("a line that has gone quiet stops the clock instead of inventing time", () => {
  expect(carried({ clock: clock({}), received_ms: 0 }, 600_000)).toBe(106 * SECOND);
});

test("late news never turns the clock back; a room that is really elsewhere does", () => {
  const late = { clock: clock({}), received_ms: 1000 };
  expect(onward(late, 103 * SECOND, 1100)).toBe(103 * SECOND);
  // Where it stands is the same on every page, whatever one of them had guessed.
  expect(onward({ clock: clock({ running: false }), received_ms: 1000 }, 101 * SECOND, 1100)).toBe(100 * SECOND);
  expect(onward({ clock: clock({ ended: true }), received_ms: 1000 }, 101 * SECOND, 1100)).toBe(100 * SECOND);
  expect(onward(late, 300 * SECOND, 1000)).toBe(100 * SECOND);
});

test("whatever the frames say within the tolerance, what is shown only grows", () => {
  let shown: number | null = null;
  let seed = 7;
  const draw = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let wall = 0, v = 0; wall < 60_000; wall += 40) {
    v = Math.max(v, (wall - draw() * 200) * 4 * 1e6);
    const next = onward({ clock: clock({ v }), received_ms: wall }, shown, wall + draw() * 40);
    expect(next).toBeGreaterThanOrEqual(shown ?? 0);
    shown = next;
  }
});
