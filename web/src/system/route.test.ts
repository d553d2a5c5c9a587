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
      const through = boxes.filter((one) => Math.max(x1, x2) > one.x && Math.min(x1, x2) < one.x + one.width && Math.max(y1, y2) > one.y && Math.min(y1, y2) < one.y + one.height);
      expect(through).toEqual([]);
    }
  });
});

test("no two lines lie on each other, nor on one that was there", () => {
  const there: Corner[] = [[0, 144], [900, 144]];
  const all = [there, ...ways(lines, [there], round).map((way) => way!.corners)].map(stretches);
  all.forEach((one, n) => {
    for (const other of all.slice(n + 1))
      for (const [[x1, y1], [x2, y2]] of one)
        for (const [[x3, y3], [x4, y4]] of other) {
          const flat = y1 === y2 && y3 === y4 && Math.abs(y1 - y3) < 5 && Math.min(x1, x2) < Math.max(x3, x4) - 1 && Math.min(x3, x4) < Math.max(x1, x2) - 1;
          const steep = x1 === x2 && x3 === x4 && Math.abs(x1 - x3) < 5 && Math.min(y1, y2) < Math.max(y3, y4) - 1 && Math.min(y3, y4) < Math.max(y1, y2) - 1;
          expect(flat || steep).toBe(false);
        }
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
