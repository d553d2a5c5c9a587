import { expect, test } from "vitest";
import { NARROW, NARROW_HEIGHT, WIDE, WIDE_HEIGHT } from "../room/picture/sizes";
import { hello } from "../room/testing/situation";
import { covers, layout, PLAIN, type Rect } from "./layout";

const { picture } = hello;
const meets = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test.each([
  ["plain", 872, PLAIN, 0],
  ["wide", 872, WIDE, WIDE_HEIGHT],
  ["wide with more room", 1240, WIDE, WIDE_HEIGHT],
  ["narrow", 696, NARROW, NARROW_HEIGHT],
] as const)("%s: no box lies on another or leaves the drawing", (_, width, sizes, height) => {
  const placed = layout(picture, width, sizes, height);
  const boxes = placed.rects.filter((__, place) => picture.boxes[place]?.is !== "client");
  boxes.forEach((one, n) => {
    expect(one.x).toBeGreaterThanOrEqual(0);
    expect(one.x + one.width).toBeLessThanOrEqual(placed.width);
    expect(one.y + one.height).toBeLessThanOrEqual(placed.height);
    for (const other of boxes.slice(n + 1)) expect(meets(one, other)).toBe(false);
  });
  expect(placed.routes.every((route) => !route.path.includes("NaN"))).toBe(true);
});

test("the two drawings fit their places exactly", () => {
  expect(layout(picture, 872, WIDE, WIDE_HEIGHT).height).toBe(WIDE_HEIGHT);
  expect(layout(picture, 696, NARROW, NARROW_HEIGHT).height).toBe(NARROW_HEIGHT);
});

test("what goes down past a store does not go through it", () => {
  const placed = layout(picture, 872, WIDE, WIDE_HEIGHT);
  const pay = placed.rects[picture.boxes.findIndex((box) => box.name === "pay")]!;
  const edge = picture.edges.findIndex((one) => one.carries === "messages");
  const x = Number(/^M([\d.]+)/u.exec(placed.routes[edge]?.path ?? "")?.[1]);
  expect(x).toBeGreaterThan(pay.x + pay.width);
});

test("the words of what goes over a box, or comes up to one, lie on no box and on no other words", () => {
  const box = (name: string, is: "service" | "store" | "provider", column: number, row: number) => ({ ...picture.boxes[0]!, name, is, column, row });
  const edge = (from: number, to: number) => ({ ...picture.edges.find((one) => one.carries === "calls")!, from, to });
  const drawn = {
    ...picture,
    columns: 3,
    rows: 4,
    boxes: [
      box("orders", "service", 0, 0),
      box("till", "store", 0, 1),
      box("kitchens", "service", 0, 2),
      box("prices", "service", 1, 0),
      box("couriers", "service", 1, 2),
      box("bank", "provider", 2, 0),
      box("carrier", "provider", 2, 2),
    ],
    edges: [edge(0, 3), edge(0, 5), edge(0, 1), edge(2, 1), edge(2, 6), edge(4, 1), edge(4, 6), edge(5, 6)],
  };
  for (const [width, sizes, height] of [[872, WIDE, WIDE_HEIGHT], [1240, WIDE, WIDE_HEIGHT]] as const) {
    const { rects, routes } = layout(drawn, width, sizes, height);
    const words = routes.map((route, n) => covers(route.label, drawn.edges[n]!.carries));
    words.forEach((one, n) => {
      if (routes[n]!.length > 0) return;
      expect(rects.filter((rect) => meets(one, rect))).toEqual([]);
      expect(words.filter((other, at) => at !== n && meets(one, other))).toEqual([]);
    });
  }
});
