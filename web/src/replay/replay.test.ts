import { expect, test } from "vitest";
import type { Step } from "./api";
import { serialOf } from "./Customer";
import { align, customers, pairs } from "./futures";
import { addressOf, choicesOf, choicesText, LEAD_NS, opensAt, pathOf } from "./link";
import { runsOf } from "./runs";
import { boxOf, type SpreadRow, spreadWords } from "./spread";
import { neighbour, pointsOf } from "./track";

test("an address of a moment reads as it was written", () => {
  const path = pathOf({ room: "r 1", n: 2, v: 481_851_000_000, seq: 7, key: "8123" });
  const url = new URL(path, "http://x");
  expect(url.pathname).toBe("/rooms/r%201/takes/2");
  expect(addressOf("r 1", "2", url.searchParams)).toEqual({ room: "r 1", n: 2, v: 481_851_000_000, seq: 7, key: "8123" });
  expect(addressOf("r", "x", new URLSearchParams("at=soon&key= "))).toEqual({ room: "r", n: 1, v: null, seq: null, key: null });
});

test("a moment opens fifteen seconds earlier, and never before the room does", () => {
  expect(opensAt(100e9, 5e9)).toBe(100e9 - LEAD_NS);
  expect(opensAt(10e9, 5e9)).toBe(5e9);
  expect(opensAt(null, 5e9)).toBe(5e9);
});

test("choices survive an address", () => {
  const choose = { no_answer: "again_same", wait: "1s" };
  expect(choicesOf(choicesText(choose))).toEqual(choose);
  expect(choicesOf("a:,:b,c")).toEqual({});
});

test("the spread is said in words, also when nothing spreads", () => {
  const row: SpreadRow = { promise: "p", mine: 4, low: 0, p25: 2, median: 3, p75: 6, high: 9, share_below: 0.6 };
  expect(spreadWords(row, 200)).toBe("4 here; half of 200 other seeds between 2 and 6");
  expect(spreadWords({ ...row, low: 0, p25: 0, median: 0, p75: 0, high: 0 }, 200)).toBe("4 here; 0 with nearly all of 200 other seeds");
  expect(spreadWords({ ...row, p25: 3, p75: 3 }, 200)).toContain("nine in ten between 0 and 9");
  expect(boxOf(row).high).toBe(1);
  expect(boxOf({ ...row, mine: 18 })).toMatchObject({ mine: 1, high: 0.5 });
});

const row = (promise: string, serials: number[]) => ({
  promise,
  says: promise,
  hurts: "customer",
  count: serials.length,
  undecided: 0,
  mended: 0,
  visible: 0,
  cost: 0,
  who: serials.map((serial) => ({ serial, what: `order ${serial}` })),
});

test("customers stand where they were hurt: both ways, or one way only", () => {
  const [pair] = pairs({ rows: [row("once", [1, 2])], cost: 0 }, { rows: [row("once", [2, 3]), row("more", [])], cost: 0 });
  const { both, held, otherwise } = customers(pair!);
  expect([both, held, otherwise].map((who) => who.map((one) => one.serial))).toEqual([[2], [1], [3]]);
  expect(pairs({ rows: [], cost: 0 }, { rows: [row("more", [])], cost: 0 })).toMatchObject([{ promise: "more", held: null }]);
});

const step = (text: string, v = 0): Step => ({ is: "service", part: "pay", seen: true, text, v, weighs: null });

test("what both did stands on one line though ids differ; what one alone did stands alone", () => {
  const held = [step("begins"), step("charge 17 is captured"), step("asks again"), step("charge 18 is captured"), step("ends")];
  const otherwise = [step("begins"), step("charge 21 is captured"), step("asks again"), step("ends")];
  const rows = align(held, otherwise);
  expect(rows.filter((one) => one.differs).map((one) => one.held?.text)).toEqual(["charge 18 is captured"]);
  expect(rows.flatMap((one) => one.held ?? [])).toEqual(held);
  expect(rows.flatMap((one) => one.otherwise ?? [])).toEqual(otherwise);
  expect(align([], [])).toEqual([]);
});

test("from one mark to the next and back; how the room was held is no mark", () => {
  const mark = (kind: "ticket" | "speed" | "fault", v: number) => ({ seq: null, v, kind, label: kind, text: "", words: "", who: "", panel: false });
  const points = pointsOf([mark("ticket", 3e9), mark("speed", 4e9), mark("fault", 9e9)]);
  expect(points.map((one) => one.kind)).toEqual(["ticket", "fault"]);
  expect(neighbour(points, 3e9, 1)?.v).toBe(9e9);
  expect(neighbour(points, 9e9, -1)?.v).toBe(3e9);
  expect(neighbour(points, 9e9, 1)).toBeNull();
});

test("many tickets in a row are one line that opens; a few are not", () => {
  const lines = [..."tttttftt"].map((one, v) => ({ kind: one === "t" ? "ticket" : "fault", v }));
  expect(runsOf(lines).map((run) => run.length)).toEqual([5, 1, 1, 1]);
  expect(runsOf(lines).flat()).toEqual(lines);
});

test("a customer is found by the name that the oracle gives, else by the number in the key", () => {
  const truth = { rows: [{ who: [{ serial: 40, what: "order 8123" }] }] };
  expect(serialOf("8123", truth)).toBe(40);
  expect(serialOf("order 8123", truth)).toBe(40);
  expect(serialOf("order 9", truth)).toBe(9);
  expect(serialOf("nobody", truth)).toBeNull();
});
