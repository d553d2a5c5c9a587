// From the grid of a picture to pixels, for one width. Nothing of it depends on figures, so nothing moves once drawn.
import type { Drawn, DrawnBox, DrawnEdge } from "../wasm/practice";

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Route {
  path: string;
  /** Where its figure is written, and from which side it is aligned. */
  label: { x: number; y: number; anchor: "start" | "middle" | "end" };
  /** The free length between two boxes of a row; 0 where it turns or drops. */
  length: number;
}

export interface Layout {
  width: number;
  height: number;
  /** Left edge of what is outside; null when nothing is. */
  outside: number | null;
  rects: Rect[];
  routes: Route[];
}

/** How large things are, in pixels. */
export interface Sizes {
  /** Free at the right end. */
  edge: number;
  /** Before the first column, for what arrives. */
  gutter: number;
  box: number;
  /** Narrower than a box, so that what goes past it has room. */
  store: number;
  /** Where nothing goes past; as narrow as the others when left out. */
  storeFree?: number;
  heights: Record<DrawnBox["is"], number>;
  /** How much more of the free width a gap gets that queues lie in, and how much less the last one; evenly when left out. */
  queues?: { more: number; last: number };
  /** Above the first row and below the last. */
  margin: number;
  /** Between a row and the stores that hang under it, and before the next row. */
  gaps: [store: number, lane: number];
}

export const PLAIN: Sizes = {
  edge: 12,
  gutter: 88,
  box: 132,
  store: 96,
  heights: { service: 56, provider: 56, topic: 56, client: 56, store: 34 },
  margin: 20,
  gaps: [28, 38],
};

/** `height`: at least so high; what is more than needed is shared by the gaps. */
export function layout(drawn: Drawn, width: number, sizes: Sizes = PLAIN, height = 0): Layout {
  const heightOf = (box: DrawnBox) => sizes.heights[box.is];
  const hasOutside = drawn.boxes.some((box) => box.is === "provider");
  const lefts = columns(drawn, width, sizes);
  const tall = Array.from({ length: drawn.rows }, (_, row) =>
    Math.max(0, ...drawn.boxes.map((box) => (box.row === row && box.is !== "client" ? heightOf(box) : 0))),
  );
  const [tops, natural] = stack(tall, sizes, 0);
  const gaps = tall.filter((high) => high > 0).length - 1;
  const more = gaps > 0 ? Math.max(0, Math.floor((height - natural) / gaps)) : 0;
  if (more > 0) tops.splice(0, tops.length, ...stack(tall, sizes, more)[0]);
  const rects = drawn.boxes.map((box): Rect => {
    const top = tops[box.row] ?? 0;
    const high = heightOf(box);
    const free = box.row % 2 === 0 ? ((tall[box.row] ?? high) - high) / 2 : 0;
    const x = lefts[box.column] ?? sizes.gutter;
    if (box.is === "client") return { x: sizes.edge, y: top + free, width: 0, height: high };
    const store = passed(box, drawn) ? sizes.store : (sizes.storeFree ?? sizes.store);
    return { x, y: Math.round(top + free), width: box.is === "store" ? store : sizes.box, height: high };
  });
  const boxes = rects.filter((_, place) => drawn.boxes[place]?.is !== "client");
  const routes = settled(
    drawn.edges.map((edge) => route(edge, drawn, rects, sizes)),
    drawn.edges,
    boxes,
    width,
  );
  const outside = hasOutside ? (lefts.at(-1) ?? 0) - 24 : null;
  return { width, height: Math.max(height, natural), outside, rects, routes };
}

/** Left edges. A bar and two figures want more room than a line does. */
function columns(drawn: Drawn, width: number, { gutter, box, edge, queues = { more: 1, last: 1 } }: Sizes): number[] {
  const gaps = Array.from({ length: Math.max(1, drawn.columns - 1) }, (_, gap) => {
    const queue = drawn.edges.some(({ carries, from, to }) => {
      const [a, b] = [drawn.boxes[from]?.column ?? 0, drawn.boxes[to]?.column ?? 0];
      return carries === "group" && Math.min(a, b) <= gap && Math.max(a, b) > gap;
    });
    return queue ? queues.more : gap === drawn.columns - 2 ? queues.last : 1;
  });
  const whole = gaps.reduce((sum, one) => sum + one, 0);
  const free = width - gutter - edge - box * (gaps.length + 1);
  let before = 0;
  return [0, ...gaps].map((gap, column) => {
    before += gap;
    return Math.round(gutter + column * box + (before / whole) * free);
  });
}

function stack(tall: number[], { margin, gaps: [store, lane] }: Sizes, more: number): [tops: number[], height: number] {
  const tops: number[] = [];
  let y = margin;
  tall.forEach((high, row) => {
    tops.push(y);
    if (high > 0) y += high + more + ((tall[row + 1] ?? 0) > 0 && row % 2 === 0 ? store : lane);
  });
  return [tops, y - more - lane + margin];
}

/** Whether an edge goes down past a box, from above it to below it. */
function passed(box: DrawnBox, drawn: Drawn): boolean {
  return drawn.edges.some((edge) => {
    const [from, to] = [drawn.boxes[edge.from], drawn.boxes[edge.to]];
    return from?.column === box.column && to?.column === box.column && (from.row - box.row) * (to.row - box.row) < 0;
  });
}

const none: Rect = { x: 0, y: 0, width: 0, height: 0 };

function route(edge: DrawnEdge, drawn: Drawn, rects: Rect[], sizes: Sizes): Route {
  const [a, b] = [rects[edge.from] ?? none, rects[edge.to] ?? none];
  const [from, to] = [drawn.boxes[edge.from], drawn.boxes[edge.to]];
  if (!from || !to) return { path: "", label: { x: 0, y: 0, anchor: "start" }, length: 0 };
  const sameRow = from.row === to.row;
  if (from.is === "client") {
    const y = middle(b);
    return { path: `M${a.x} ${y}H${b.x - 2}`, label: { x: a.x, y: y + 18, anchor: "start" }, length: b.x - a.x };
  }
  const between = drawn.boxes.some((box) => box.row === from.row && box.is !== "client" && (box.column - from.column) * (box.column - to.column) < 0);
  if (sameRow && between) {
    // Over what stands in between.
    const [start, end, y] = [a.x + a.width - 24, b.x + 24, Math.max(6, a.y - 12)];
    return { path: `M${start} ${a.y}V${y}H${end}V${b.y - 2}`, label: { x: (start + end) / 2, y: y + 14, anchor: "middle" }, length: 0 };
  }
  if (sameRow) {
    // Beside each other: above the middle what is asked, below it what comes back by itself.
    const right = b.x > a.x;
    const y = edge.carries === "events" ? a.y + a.height - 12 : edge.carries === "group" ? middle(b) : a.y + 18;
    const [start, end] = right ? [a.x + a.width, b.x - 2] : [a.x, b.x + b.width + 2];
    const y2 = edge.carries === "events" ? y + 15 : edge.carries === "group" ? y - 10 : y - 7;
    return { path: `M${start} ${y}H${end}`, label: { x: (start + end) / 2, y: y2, anchor: "middle" }, length: Math.abs(end - start) };
  }
  if (Math.abs(a.x - b.x) < 4) {
    // One below the other. Past a store that hangs between them: on the right, where stores are narrower.
    const beside = (sizes.store + sizes.box) / 2 + 2;
    const x = a.x + (to.is === "store" || from.is === "store" ? Math.min(a.width, b.width) / 2 : beside);
    const down = b.y > a.y;
    const [start, end] = down ? [a.y + a.height, b.y - 2] : [a.y, b.y + b.height + 2];
    return { path: `M${x} ${start}V${end}`, label: { x: x + 8, y: (down ? b.y : b.y + b.height) + (down ? -10 : 20), anchor: "start" }, length: 0 };
  }
  // Out at the side, then up or down.
  const right = b.x > a.x;
  const [start, turn] = [right ? a.x + a.width : a.x, right ? b.x + 18 : b.x + b.width - 18];
  const y = a.y + a.height - 14;
  const end = b.y > a.y ? b.y - 2 : b.y + b.height + 2;
  return { path: `M${start} ${y}H${turn}V${end}`, label: { x: turn + 8, y: (y + end) / 2, anchor: "start" }, length: 0 };
}

/** As much as a figure takes, with a short word beside it. */
const LABEL = { width: 64, above: 10, below: 4 };

/** What a label covers, by its anchor. */
export function covers({ x, y, anchor }: Route["label"]): Rect {
  const left = anchor === "start" ? x : anchor === "end" ? x - LABEL.width : x - LABEL.width / 2;
  return { x: left, y: y - LABEL.above, width: LABEL.width, height: LABEL.above + LABEL.below };
}

const meets = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Labels of what turns or drops go where no box and no other label is: as near as may be to where they would stand. Those
 * between two boxes of a row stay in their gap. */
function settled(routes: Route[], edges: DrawnEdge[], boxes: Rect[], width: number): Route[] {
  // A queue's count stays where it is as well: beside a line that drops, a label; in a row, a bar that lies in its gap.
  const stays = (length: number, at: number) => (edges[at]?.carries === "group") === (length === 0);
  const taken = routes.flatMap(({ label, length, path }, at) => (stays(length, at) && path !== "" ? [covers(label)] : []));
  const aside = (route: Route) => route.length === 0 && route.path !== "";
  return routes.map((route, at) => {
    if (!aside(route) || edges[at]?.carries === "group") return route;
    const free = ({ x, y }: { x: number; y: number }) => {
      const place = covers({ ...route.label, x, y });
      return place.y >= 0 && place.x >= 0 && place.x + place.width <= width && ![...boxes, ...taken].some((other) => meets(place, other));
    };
    const { x, y, anchor } = route.label;
    // Beside a line that goes down: on its right, else on its left.
    const sideways = (right: number) => (anchor === "middle" ? right : right < 0 ? -LABEL.width - 16 : 0);
    // What runs along a line does not lie on it.
    const along = ([, down]: [number, number]) => anchor !== "middle" || down >= 0 || down <= -18;
    const ways = NEAR.filter(along).map(([right, down]) => ({ x: x + sideways(right), y: y + down }));
    const label = { ...route.label, ...(ways.find(free) ?? { x, y }) };
    taken.push(covers(label));
    return { ...route, label };
  });
}

/** Steps away from where a label would stand, nearest first; sideways only along a line that runs that way. */
const NEAR: [right: number, down: number][] = [0, 60, -60, 120, -120, 180, -180, 240, -240]
  .flatMap((right) => [0, -6, -18, 6, 12, -12, 18, -24, 24, -30, -36, 36, -42, -48, 48, -60, 60].map((down): [number, number] => [right, down]))
  .sort((a, b) => Math.abs(a[0]) + 2 * Math.abs(a[1]) - Math.abs(b[0]) - 2 * Math.abs(b[1]));

const middle = (rect: Rect) => rect.y + rect.height / 2;
