import { expect, test } from "vitest";
import type { Clock, Hello, Row } from "../wire";
import { begin, greet, merge, same } from "./state";

const hello = (id = "t") => ({ take: { id, n: 1, of: null }, opens: 5, ends: 9 }) as unknown as Hello;
const clock: Clock = { v: 6, running: true, speed: 1, head: 6, ended: false, why: null, left_ms: null };
const row = (v: number, value = v): Row => ({ v, values: [value] });

test("what says the same again keeps its identity, at every depth", () => {
  const before = { a: [{ x: 1 }, { x: 2, y: [3] }], b: null };
  const after = same(before, { a: [{ x: 1 }, { x: 2, y: [4] }], b: null });
  expect(after).toEqual({ a: [{ x: 1 }, { x: 2, y: [4] }], b: null });
  expect(after.a[0]).toBe(before.a[0]);
  expect(after.a[1]).not.toBe(before.a[1]);
  expect(same(before, structuredClone(before))).toBe(before);
  expect(same([1, 2], [1])).toEqual([1]);
  expect(same<unknown>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(same<unknown>({ a: undefined }, { b: undefined })).toEqual({ b: undefined });
});

test("samples replace everything from their place on", () => {
  let state = merge(begin(hello()), { clock, samples: { from: 0, rows: [row(1), row(2), row(3)] } });
  state = merge(state, { clock, samples: { from: 2, rows: [row(3, 30), row(4)] } });
  expect(state.rows.map((one) => one.values[0])).toEqual([1, 2, 30, 4]);
  expect(merge(state, { clock, samples: { from: 0, rows: [] } }).rows).toEqual([]);
});

test("sections that a frame leaves out stay as they are", () => {
  const first = merge(begin(hello()), { clock, inbox: { alerts: [], tickets: [], no_alerts: "None." }, options_open: ["wait"] });
  const second = merge(first, { clock: { ...clock, v: 7 } });
  expect(second.tickets).toBe(first.tickets);
  expect(second.no_alerts).toBe("None.");
  expect(second.options_open).toBe(first.options_open);
  expect(second.clock.v).toBe(7);
  expect(merge(second, { pad_rev: 3 })).toMatchObject({ pad_rev: 3, clock: { v: 7 } });
});

test("the same take greeted again keeps what is known; another take begins anew", () => {
  const known = merge(begin(hello()), { clock, samples: { from: 0, rows: [row(1)] } });
  expect(greet(known, hello()).rows).toHaveLength(1);
  expect(greet(known, hello("other")).rows).toHaveLength(0);
});
