import { expect, test } from "vitest";
import type { Rect } from "./layout";
import { type Corner, ways } from "./route";

const box = (x: number, y: number): Rect => ({ x, y, width: 110, height: 50 });
const stretches = (corners: Corner[]) => corners.slice(1).map((to, at): [Corner, Corner] => [corners[at]!, to]);

/** Nine boxes in three rows; lines between all that are not neighbours. */
const boxes = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => box(80 + column * 300, 30 + row * 130)));
const lines = [[0, 2], [2, 0], [0, 8], [6, 2], [3, 5], [0, 6], [1, 7], [8, 0], [4, 8], [4, 0]].map(([from, to]) => ({ from: boxes[from!]!, to: boxes[to!]! }));
const round = { boxes, words: [], width: 900, height: 400 };

test("a line begins and ends at its boxes, goes through none, and turns at right angles", () => {
  ways(lines, [], round).forEach((way, n) => {
    const corners = way!.corners;
    const touches = ({ x, y, width, height }: Rect, [px, py]: Corner) =>
      ((px === x || px === x + width) && py > y && py < y + height) || ((py === y || py === y + height) && px > x && px < x + width);
    expect(touches(lines[n]!.from, corners[0]!)).toBe(true);
    expect(touches(lines[n]!.to, corners.at(-1)!)).toBe(true);
    for (const [[x1, y1], [x2, y2]] of stretches(corners)) {
      expect(x1 === x2 || y1 === y2).toBe(true);
      const over = (one: Rect) => Math.max(x1, x2) > one.x && Math.min(x1, x2) < one.x + one.width;
      const beside = (one: Rect) => Math.max(y1, y2) > one.y && Math.min(y1, y2) < one.y + one.height;
      expect(boxes.filter((one) => over(one) && beside(one))).toEqual([]);
    }
  });
});

/** Whether two stretches of one direction share more than a point. */
function share([[x1, y1], [x2, y2]]: [Corner, Corner], [[x3, y3], [x4, y4]]: [Corner, Corner]): boolean {
  const meet = (a: number, b: number, c: number, d: number) => Math.min(a, b) < Math.max(c, d) - 1 && Math.min(c, d) < Math.max(a, b) - 1;
  if (y1 === y2 && y3 === y4) return Math.abs(y1 - y3) < 5 && meet(x1, x2, x3, x4);
  return x1 === x2 && x3 === x4 && Math.abs(x1 - x3) < 5 && meet(y1, y2, y3, y4);
}

test("no two lines lie on each other, nor on one that was there", () => {
  const there: Corner[] = [[0, 144], [900, 144]];
  const all = [there, ...ways(lines, [there], round).map((way) => way!.corners)].map(stretches);
  all.forEach((one, n) => {
    for (const other of all.slice(n + 1)) for (const a of one) for (const b of other) expect(share(a, b)).toBe(false);
  });
});

test("the way is straight where it can be, and drawn to just before the box", () => {
  const [way] = ways([{ from: boxes[0]!, to: boxes[1]! }], [], round);
  expect(way!.corners).toHaveLength(2);
  expect(way!.path).toMatch(/^M190 \d+H378$/u);
});

test("who is walled in has no line", () => {
  const walls = [box(80, 30), { x: 0, y: 90, width: 900, height: 60 }, box(80, 300)];
  expect(ways([{ from: walls[0]!, to: walls[2]! }], [], { ...round, boxes: walls })).toEqual([null]);
});

test("the same lines are always laid the same", () => {
  expect(ways(lines, [], round)).toEqual(ways(lines, [], round));
});
