// From the grid of a picture to pixels, for one width. Nothing of it depends on figures, so nothing moves once drawn.
import type { Drawn, DrawnBox, DrawnEdge } from "../wasm/practice";
import { type Corner, ways } from "./route";

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
  /** Whether its figure is written: what a store does is one figure, and stands at one of its lines; and there must be room. */
  says: boolean;
  /** Its corners, from one box to the other. */
  corners: Corner[];
}

export interface Layout {
  width: number;
  height: number;
  /** Left edge of what is outside; null when nothing is. */
  outside: number | null;
  /** The line on which that is written: below what stands there, else above. */
  outsideWord: number;
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
  const whole = Math.max(height, natural);
  const outside = hasOutside ? (lefts.at(-1) ?? 0) - 24 : null;
  const low = rects.some(({ y, height: high }, at) => drawn.boxes[at]?.is === "provider" && y + high > whole - 28);
  const outsideWord = low ? 12 : whole - 12;
  const words = outside === null ? [] : [{ x: outside + 16, y: outsideWord - 12, width: 60, height: 18 }];
  words.push(...drawn.edges.flatMap((edge) => (edge.carries === "group" ? bar(edge, drawn, rects) : [])));
  // What arrives, with its name and its figure, has the gutter to itself.
  const comes = drawn.edges.flatMap(({ from, to }) => (drawn.boxes[from]?.is === "client" ? [arrival(rects[to] ?? none)] : []));
  const laid = routed(drawn, rects, { boxes: [...boxes, ...comes], words, width, height: whole }, sizes);
  const routes = settled(laid, drawn.edges, [...boxes, ...comes, ...words], width, whole);
  return { width, height: whole, outside, outsideWord, rects, routes };
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
const nowhere: Route = { path: "", label: { x: 0, y: 0, anchor: "start" }, length: 0, says: false, corners: [] };

/** Neighbours are joined by a straight line. All other lines find their way round the boxes, and beside what is there by then. */
function routed(drawn: Drawn, rects: Rect[], round: { boxes: Rect[]; words: Rect[]; width: number; height: number }, sizes: Sizes): Route[] {
  const laid: Route[] = [];
  const routes: (Route | null)[] = drawn.edges.map((edge) => {
    const found = straight(edge, drawn, rects, sizes);
    // People who come the same way are drawn as one line.
    const comes = drawn.boxes[edge.from]?.is === "client";
    if (!found || (!comes && laid.some((other) => runsOn(found.corners, other.corners)))) return null;
    laid.push(found);
    return found;
  });
  const rest = drawn.edges.flatMap((edge, at) => (routes[at] ? [] : [{ at, from: rects[edge.from] ?? none, to: rects[edge.to] ?? none }]));
  const words = [...laid.map(({ label }) => covers(label)), ...round.words];
  const found = ways(rest, laid.map(({ corners }) => corners), { ...round, words });
  rest.forEach(({ at }, n) => {
    const way = found[n];
    const [label] = way ? places(way.corners) : [];
    if (way && label) routes[at] = { ...way, label, length: 0, says: true };
  });
  const told = new Set<number>();
  const byNearness = drawn.edges.map((_, at) => at).sort((a, b) => (routes[a]?.corners.length ?? 0) - (routes[b]?.corners.length ?? 0) || a - b);
  for (const at of byNearness) {
    const [route, edge] = [routes[at], drawn.edges[at]];
    if (!route || edge?.carries !== "rows") continue;
    if (told.has(edge.to)) routes[at] = { ...route, says: false };
    told.add(edge.to);
  }
  return routes.map((route) => route ?? nowhere);
}

/** Where the words of a line may stand: beside its stretches, the longest first. */
function places(corners: Corner[]): Route["label"][] {
  const stretches = corners.slice(1).map((to, at): [Corner, Corner] => [corners[at] ?? to, to]);
  const long = ([[x1, y1], [x2, y2]]: [Corner, Corner]) => Math.abs(x1 - x2) + Math.abs(y1 - y2);
  stretches.sort((a, b) => long(b) - long(a));
  return stretches.flatMap(([[x1, y1], [x2, y2]]) =>
    [0.5, 0.35, 0.65, 0.2, 0.8].flatMap((part): Route["label"][] => {
      const [x, y] = [x1 + (x2 - x1) * part, y1 + (y2 - y1) * part];
      if (y1 === y2) return [-5, 13].map((down) => ({ x, y: y + down, anchor: "middle" }));
      return [
        { x: x + 7, y: y + 4, anchor: "start" },
        { x: x - 7, y: y + 4, anchor: "end" },
      ];
    }),
  );
}

const arrival = (to: Rect): Rect => ({ x: 0, y: middle(to) - 32, width: to.x - 8, height: 56 });

/** Where a queue's bar and its figures stand, between two boxes of a row. */
function bar(edge: DrawnEdge, drawn: Drawn, rects: Rect[]): Rect[] {
  const [a, b] = [rects[edge.from] ?? none, rects[edge.to] ?? none];
  if (drawn.boxes[edge.from]?.row !== drawn.boxes[edge.to]?.row) return [];
  const left = Math.min(a.x + a.width, b.x + b.width);
  return [{ x: left, y: middle(b) - 40, width: 96, height: 62 }];
}

/** Whether two straight lines lie on each other, or nearly. */
function runsOn(one: Corner[], other: Corner[]): boolean {
  const [[x1, y1] = [0, 0], [x2, y2] = [0, 0]] = one;
  const [[x3, y3] = [0, 0], [x4, y4] = [0, 0]] = other;
  const flat = y1 === y2;
  if (flat !== (y3 === y4)) return false;
  const [apart, low, high, otherLow, otherHigh] = flat
    ? [y1 - y3, Math.min(x1, x2), Math.max(x1, x2), Math.min(x3, x4), Math.max(x3, x4)]
    : [x1 - x3, Math.min(y1, y2), Math.max(y1, y2), Math.min(y3, y4), Math.max(y3, y4)];
  return Math.abs(apart) < 7 && low < otherHigh && otherLow < high;
}

function straight(edge: DrawnEdge, drawn: Drawn, rects: Rect[], sizes: Sizes): Route | null {
  const [a, b] = [rects[edge.from] ?? none, rects[edge.to] ?? none];
  const [from, to] = [drawn.boxes[edge.from], drawn.boxes[edge.to]];
  if (!from || !to) return null;
  if (from.is === "client") {
    const y = middle(b);
    return { path: `M${a.x} ${y}H${b.x - 2}`, label: { x: a.x, y: y + 18, anchor: "start" }, length: b.x - a.x, says: true, corners: [[a.x, y], [b.x, y]] };
  }
  const between = (box: DrawnBox) => box.row === from.row && box.is !== "client" && (box.column - from.column) * (box.column - to.column) < 0;
  // A queue's bar and figures take the whole gap.
  const ends = [edge.from, edge.to];
  const reads = (other: DrawnEdge) => other.carries === "group" && other !== edge && ends.includes(other.from) && ends.includes(other.to);
  if (from.row === to.row && !drawn.boxes.some(between) && !drawn.edges.some(reads)) {
    // Beside each other: above the middle what is asked, below it what comes back by itself.
    const right = b.x > a.x;
    const y = edge.carries === "events" ? a.y + a.height - 12 : edge.carries === "group" ? middle(b) : a.y + 18;
    const [start, end] = right ? [a.x + a.width, b.x - 2] : [a.x, b.x + b.width + 2];
    const y2 = edge.carries === "events" ? y + 15 : edge.carries === "group" ? y - 10 : y - 7;
    const label = { x: (start + end) / 2, y: y2, anchor: "middle" as const };
    return { path: `M${start} ${y}H${end}`, label, length: Math.abs(end - start), says: true, corners: [[start, y], [end, y]] };
  }
  // One below the other, with at most a store between them: past it on the right, where stores are narrower.
  const inTheWay = (box: DrawnBox) => box.column === from.column && box.is !== "client" && (box.row - from.row) * (box.row - to.row) < 0;
  const hangs = to.is === "store" || from.is === "store";
  if (from.column === to.column && !drawn.boxes.some((box) => inTheWay(box) && (hangs || box.is !== "store"))) {
    const x = a.x + (hangs ? Math.min(a.width, b.width) / 2 : (sizes.store + sizes.box) / 2 + 2);
    const down = b.y > a.y;
    const [start, end] = down ? [a.y + a.height, b.y - 2] : [a.y, b.y + b.height + 2];
    const label = { x: x + 8, y: (down ? b.y : b.y + b.height) + (down ? -10 : 20), anchor: "start" as const };
    return { path: `M${x} ${start}V${end}`, label, length: 0, says: true, corners: [[x, start], [x, end]] };
  }
  return null;
}

/** As much as a figure takes; how it is sent or called stands before it. */
const LABEL = { above: 10, below: 4, width: { calls: 112, messages: 100, events: 84, rows: 48, group: 40 } };

/** What a label covers, by its anchor and by what its line carries. */
export function covers({ x, y, anchor }: Route["label"], carries: DrawnEdge["carries"] = "rows"): Rect {
  const width = LABEL.width[carries];
  const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
  return { x: left, y: y - LABEL.above, width, height: LABEL.above + LABEL.below };
}

const meets = (a: Rect, b: Rect) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Words of what turns or drops go where no box, no line and no other words are: as near as may be to where they would stand. Those
 * between two boxes of a row stay in their gap. */
function settled(routes: Route[], edges: DrawnEdge[], solid: Rect[], width: number, height: number): Route[] {
  // A queue's count stays where it is as well: beside a line that drops, a label; in a row, a bar that lies in its gap.
  const stays = ({ length, corners }: Route, at: number) => (edges[at]?.carries === "group" ? length === 0 && corners.length === 2 : length > 0);
  const spoken = (route: Route) => route.says && route.path !== "";
  const covered = (label: Route["label"], at: number) => covers(label, edges[at]?.carries);
  const taken = routes.flatMap((route, at) => (spoken(route) && stays(route, at) ? [covered(route.label, at)] : []));
  const lines = routes.map(({ corners }) => corners.slice(1).map((to, at) => stretch(corners[at] ?? to, to)));
  return routes.map((route, at) => {
    if (route.length > 0 || !spoken(route) || stays(route, at)) return route;
    const free = (others: Rect[]) => (label: Route["label"]) => {
      const place = covered(label, at);
      return place.y >= 0 && place.y + place.height <= height && place.x >= 0 && place.x + place.width <= width && !others.some((other) => meets(place, other));
    };
    const { x, y } = route.label;
    const beside = ([left, down]: [boolean, number]): Route["label"] => ({ x: left ? x - 16 : x, y: y + down, anchor: left ? "end" : "start" });
    const ways = route.corners.length > 2 ? places(route.corners) : NEAR.map(beside);
    // A line that turns may come back to where its own words would stand.
    const others = lines.flatMap((line, n) => (n === at && route.corners.length <= 2 ? [] : line));
    const label = ways.find(free([...solid, ...taken, ...others])) ?? ways.find(free([...solid, ...taken]));
    // Words on words say nothing; what fails is written all the same.
    if (!label) return { ...route, says: false };
    taken.push(covered(label, at));
    return { ...route, label };
  });
}

/** What a stretch of a line covers. */
function stretch([x1, y1]: Corner, [x2, y2]: Corner): Rect {
  return { x: Math.min(x1, x2) - 1, y: Math.min(y1, y2) - 1, width: Math.abs(x1 - x2) + 2, height: Math.abs(y1 - y2) + 2 };
}

/** Steps up and down from where a label stands beside a line that goes down, nearest first: on its right, else on its left. */
const NEAR = [0, -6, 6, -12, 12, -18, 18, -24, 24, -30, -36, 36, -42, -48, 48, -60, 60]
  .flatMap((down): [boolean, number][] => [[false, down], [true, down]])
  .sort((a, b) => Number(a[0]) * 40 + 2 * Math.abs(a[1]) - Number(b[0]) * 40 - 2 * Math.abs(b[1]));

const middle = (rect: Rect) => rect.y + rect.height / 2;
