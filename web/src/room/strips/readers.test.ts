import { expect, test } from "vitest";
import type { EdgeNow, Strip } from "../wire";
import { behind, growingOf } from "./readers";

const drawn = {
  boxes: [{ name: "card" }, { name: "payouts" }, { name: "ledger" }, { name: "mailer" }],
  edges: [
    { from: 0, to: 2, carries: "group" },
    { from: 1, to: 2, carries: "group" },
    { from: 0, to: 3, carries: "group" },
  ],
};
const edge = (degraded: boolean, growing: number | null) => ({ degraded, growing }) as EdgeNow;
const edges = [edge(true, 9), edge(false, 0), edge(false, -1)];
const strip = (queue: string) => ({ says: `${queue}, by group` }) as Strip;

test("who is behind with one queue is not said to be behind with another", () => {
  expect(behind(drawn, edges, strip("card"))).toEqual(["ledger"]);
  expect(behind(drawn, edges, strip("payouts"))).toEqual([]);
});

test("what grows is the queue of the strip", () => {
  expect(growingOf(drawn, edges, strip("card"), "ledger")).toBe(9);
  expect(growingOf(drawn, edges, strip("payouts"), "ledger")).toBe(0);
  expect(growingOf(drawn, edges, strip("card"), "mailer")).toBe(-1);
  expect(growingOf(drawn, edges, strip("payouts"), "mailer")).toBeNull();
});
