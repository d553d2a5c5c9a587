import { expect, test } from "vitest";
import type { Drawn, DrawnBox, DrawnEdge } from "../wasm/practice";
import { arrivals, together } from "./arrivals";

const box = (is: DrawnBox["is"], name: string) => ({ is, name, column: 0, row: 0, at: 0 }) as DrawnBox;
const edge = (from: number, to: number) => ({ from, to, carries: "calls" }) as DrawnEdge;

test("people who come to one box are drawn as one, and those who come elsewhere are not", () => {
  const boxes = [box("client", "shoppers"), box("client", "staff"), box("client", "sellers"), box("service", "app"), box("service", "desk")];
  const drawn = { boxes, edges: [edge(0, 3), edge(3, 4), edge(1, 4), edge(2, 3)] } as Drawn;
  expect([...arrivals(drawn)]).toEqual([
    [0, { edges: [0, 3], name: "shoppers +1", names: "shoppers, sellers" }],
    [2, { edges: [2], name: "staff", names: "staff" }],
  ]);
});

test("what is not known of one is left out, and of none is not known", () => {
  expect(together([2, null, 3])).toBe(5);
  expect(together([null, undefined])).toBeNull();
});
