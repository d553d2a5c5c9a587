import { expect, test } from "vitest";
import { rowsUntil } from "../testing/situation";
import type { Row, Strip } from "../wire";
import { groupMarks } from "./figures";
import { areaPath, barsPath, linePath, pileFrom } from "./paths";
import { lift, round, rowAt, rowsIn, ticksOf, upward, wholeSpan } from "./scale";

const S = 1e9;
const row = (s: number, ...values: (number | null)[]): Row => ({ v: s * S, values });
const strip = (more: Partial<Strip> = {}): Strip => ({
  id: "s",
  box: null,
  title: "",
  says: "",
  unit: "per_second",
  log: false,
  lines: [{ at: 0, label: "a", strong: true }],
  alert_at: null,
  not_bought: null,
  ...more,
});
const up = { low: 0, high: 10, log: false, mark: 8 };
const box = { width: 100, height: 55 };

test("the axis grows in steps, always has room for now, and its ticks are round and few", () => {
  let before = 0;
  for (let s = 0; s <= 3600; s += 7) {
    const span = wholeSpan(0, s * S);
    expect(span.to).toBeGreaterThan(s * S);
    expect(span.to).toBeGreaterThanOrEqual(before);
    before = span.to;
    const ticks = ticksOf(span, 0);
    expect(ticks.length).toBeLessThanOrEqual(7);
    expect(ticks.every((one) => one % (10 * S) === 0)).toBe(true);
  }
  expect(new Set(Array.from({ length: 3600 }, (_, s) => wholeSpan(0, s * S).to)).size).toBeLessThan(20);
});

test("a moment is told by the row that measured it", () => {
  const rows = [row(10, 1), row(20, 2), row(30, 3)];
  expect([5, 10, 11, 20, 30, 99].map((s) => rowAt(rows, s * S))).toEqual([0, 0, 1, 1, 2, 2]);
  expect(rowAt([], 5)).toBe(-1);
  expect(rowsIn(rows, { from: 11 * S, to: 12 * S })).toEqual([0, 1]);
});

test("a scale holds everything that is drawn on it, starts at nought, and does not magnify what is next to nothing", () => {
  for (const most of [0, 0.4, 3, 34.4, 980, 2400, 71_000]) {
    const scale = upward(strip({ unit: "count" }), [row(10, most)]);
    expect(lift(most, scale)).toBeLessThanOrEqual(0.81);
    expect(scale.high).toBeGreaterThanOrEqual(50);
    expect(lift(0, scale)).toBe(0);
  }
  const log = upward(strip({ unit: "ms", log: true }), [row(10, 3), row(20, 1200)]);
  expect([lift(3, log) > 0, lift(1200, log) < 1, log.mark]).toEqual([true, true, 1000]);
  expect(upward(strip({ unit: "percent", alert_at: 5 }), [row(10, 0.2)])).toMatchObject({ mark: 5, high: 7.5 });
  expect(upward(strip({ unit: "percent", alert_at: 5 }), [row(10, 60)]).high).toBeGreaterThanOrEqual(60);
  // An alert on anything at all, while nothing is the matter: the line is at the bottom, not nowhere.
  const none = upward(strip({ unit: "percent", alert_at: 0 }), [row(10, 0)]);
  expect([lift(none.mark, none), lift(0, none)]).toEqual([0, 0]);
  expect([0, 34.4, 99, 101].map(round)).toEqual([1, 40, 100, 150]);
  expect(round(0.3)).toBeCloseTo(0.3);
});

test("a line goes through what was measured, and stops where nothing was", () => {
  const rows = [row(10, 5), row(20, null), row(30, 5), row(40, 10)];
  expect(linePath(rows, [0, 3], 0, { from: 0, to: 40 * S }, up, box)).toBe("M25.0 29.0M75.0 29.0L100.0 4.0");
  expect(barsPath([row(10, 5), row(20, 0)], [0, 1], 0, { from: 0, to: 20 * S }, up, box)).toBe("M2.0 54V29.0H50.0V54Z");
  expect(areaPath(rows, [2, 3], 0, { from: 0, to: 40 * S }, up, box)).toBe("M75.0 29.0L100.0 4.0V54H75.0Z");
});

test("what piles up is told from where it began", () => {
  const rows = rowsUntil(600, 540);
  const turn = pileFrom(rows, [0, rows.length - 1], 6);
  expect(rows[turn]?.v).toBe((300 + 540) * S);
});

test("labels of one moment join, and none lies on another", () => {
  const mark = (s: number, label: string, panel = false) => ({
    seq: null,
    v: s,
    kind: "move" as const,
    label,
    text: label,
    who: "",
    panel,
    words: "",
  });
  const groups = groupMarks(
    [mark(0, "D2"), mark(0, "D3"), mark(0, "D4"), mark(0, "D5"), mark(50, "M1 refund 8123"), mark(60, "settle down", true)],
    (v) => v / 100,
    600,
  );
  expect(groups.map((one) => one.label)).toEqual(["D2 D3 +2", "M1", "settle down"]);
});
