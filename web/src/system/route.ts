// Lines round boxes: each goes along a lattice of tracks from a side of one box to a side of another, by the way that is short, has
// few turns, crosses little, and runs on no other line. Lines are laid one after another, so the same picture is always the same.
import type { Rect } from "./layout";

/** Between two tracks, in pixels: what keeps two lines apart. */
const TRACK = 9;
/** How near a line may come to a box that is not its own. */
const CLEAR = 5;
/** From a corner of a box to where a line may leave it. */
const CORNER = 9;

/** What a way costs, in tracks. */
const TURN = 7;
const CROSSING = 5;
const ON_ANOTHER = 40;
const OVER_WORDS = 9;

export type Corner = [x: number, y: number];

export interface Line {
  from: Rect;
  to: Rect;
}

export interface Way {
  path: string;
  /** Its corners, from one box to the other. */
  corners: Corner[];
}

interface Board {
  columns: number;
  rows: number;
  /** By point: a box is there. */
  blocked: Uint8Array;
  /** By point: words may stand there. */
  words: Uint8Array;
  /** By point: how many lines run across, and how many down. */
  across: Uint8Array;
  down: Uint8Array;
}

export interface Round {
  boxes: Rect[];
  /** Where something is written. */
  words: Rect[];
  width: number;
  height: number;
}

/** `taken`: lines that are drawn already, as their corners. Where no way is found: null. */
export function ways(lines: Line[], taken: Corner[][], { boxes, words, width, height }: Round): (Way | null)[] {
  const board = empty(width, height);
  const edges: Rect[] = [
    { x: 0, y: 0, width, height: 0 },
    { x: 0, y: height, width, height: 0 },
    { x: width, y: 0, width: 0, height },
  ];
  for (const box of [...boxes, ...edges]) fill(board.blocked, board, box, CLEAR);
  for (const one of words) fill(board.words, board, one, 0);
  for (const corners of taken) mark(board, corners);
  const order = lines.map((line, at) => ({ at, far: distance(line) })).sort((a, b) => a.far - b.far || a.at - b.at);
  const found: (Way | null)[] = lines.map(() => null);
  for (const { at } of order) {
    const corners = search(board, lines[at]!);
    if (!corners) continue;
    mark(board, corners);
    found[at] = { path: drawn(corners), corners };
  }
  return found;
}

const distance = ({ from, to }: Line) => Math.abs(from.x - to.x) + Math.abs(from.y - to.y);

function empty(width: number, height: number): Board {
  const [columns, rows] = [Math.floor(width / TRACK), Math.floor(height / TRACK)];
  const points = () => new Uint8Array(columns * rows);
  return { columns, rows, blocked: points(), words: points(), across: points(), down: points() };
}

function fill(of: Uint8Array, { columns, rows }: Board, { x, y, width, height }: Rect, around: number): void {
  for (let row = Math.max(0, Math.ceil((y - around) / TRACK)); row < rows && row * TRACK <= y + height + around; row += 1)
    for (let column = Math.max(0, Math.ceil((x - around) / TRACK)); column < columns && column * TRACK <= x + width + around; column += 1)
      of[row * columns + column] = 1;
}

/** A line takes the tracks that it lies on, or nearly. */
function mark(board: Board, corners: Corner[]): void {
  corners.slice(1).forEach(([x2, y2], at) => {
    const [x1, y1] = corners[at]!;
    const flat = Math.abs(y1 - y2) < 1;
    const [low, high] = flat ? [Math.min(x1, x2), Math.max(x1, x2)] : [Math.min(y1, y2), Math.max(y1, y2)];
    const level = flat ? y1 : x1;
    for (const track of new Set([Math.floor(level / TRACK), Math.ceil(level / TRACK)])) {
      if (Math.abs(track * TRACK - level) > TRACK * 0.7) continue;
      for (let step = Math.ceil(low / TRACK); step * TRACK <= high; step += 1) {
        const [column, row] = flat ? [step, track] : [track, step];
        if (column < board.columns && row < board.rows) (flat ? board.across : board.down)[row * board.columns + column]! += 1;
      }
    }
  });
}

/** Ends of a line at a box: the point of the lattice before its side, and the point of the side. */
function ends({ x, y, width, height }: Rect): { column: number; row: number; flat: boolean; side: Corner }[] {
  const all: { column: number; row: number; flat: boolean; side: Corner }[] = [];
  for (let row = Math.ceil((y + CORNER) / TRACK); row * TRACK <= y + height - CORNER; row += 1) {
    all.push({ column: Math.floor((x - CLEAR - 1) / TRACK), row, flat: true, side: [x, row * TRACK] });
    all.push({ column: Math.ceil((x + width + CLEAR + 1) / TRACK), row, flat: true, side: [x + width, row * TRACK] });
  }
  for (let column = Math.ceil((x + CORNER) / TRACK); column * TRACK <= x + width - CORNER; column += 1) {
    all.push({ column, row: Math.floor((y - CLEAR - 1) / TRACK), flat: false, side: [column * TRACK, y] });
    all.push({ column, row: Math.ceil((y + height + CLEAR + 1) / TRACK), flat: false, side: [column * TRACK, y + height] });
  }
  return all;
}

/** The cheapest way, as corners; by A*, over points and the way in which one comes to them. */
function search(board: Board, { from, to }: Line): Corner[] | null {
  const { columns, rows, blocked, words, across, down } = board;
  const inside = ({ column, row }: { column: number; row: number }) =>
    column >= 0 && row >= 0 && column < columns && row < rows && !blocked[row * columns + column];
  const starts = ends(from).filter(inside);
  const goals = new Map<number, Corner>();
  for (const end of ends(to).filter(inside)) goals.set((end.row * columns + end.column) * 2 + (end.flat ? 0 : 1), end.side);
  if (starts.length === 0 || goals.size === 0) return null;
  const target = { left: to.x / TRACK, right: (to.x + to.width) / TRACK, top: to.y / TRACK, bottom: (to.y + to.height) / TRACK };
  const left = (column: number, row: number) =>
    Math.max(0, target.left - column - 1, column - target.right - 1) + Math.max(0, target.top - row - 1, row - target.bottom - 1);
  const cost = new Float64Array(columns * rows * 2).fill(Infinity);
  const before = new Int32Array(columns * rows * 2).fill(-1);
  const side = new Map<number, Corner>();
  const queue = new Heap();
  // One state for each point and direction: 0 across, 1 down.
  const on = (point: number, way: number) => {
    const [along, athwart] = way === 0 ? [across, down] : [down, across];
    return along[point]! * ON_ANOTHER + (athwart[point]! > 0 ? CROSSING : 0) + words[point]! * OVER_WORDS;
  };
  for (const start of starts) {
    const point = start.row * columns + start.column;
    const state = point * 2 + (start.flat ? 0 : 1);
    const first = on(point, start.flat ? 0 : 1);
    if (first >= cost[state]!) continue;
    cost[state] = first;
    side.set(state, start.side);
    queue.push(first + left(start.column, start.row), state);
  }
  for (;;) {
    const state = queue.pop();
    if (state === null) return null;
    const point = state >> 1;
    const way = state & 1;
    const goal = goals.get(state);
    if (goal) return corners(before, side, state, goal, columns);
    const column = point % columns;
    const row = (point - column) / columns;
    const here = cost[state]!;
    for (let side = 0; side < 4; side += 1) {
      const next = side >> 1;
      const step = side & 1 ? 1 : -1;
      const c = next === 0 ? column + step : column;
      const r = next === 0 ? row : row + step;
      if (c < 0 || r < 0 || c >= columns || r >= rows) continue;
      const there = r * columns + c;
      if (blocked[there]) continue;
      const turn = next === way ? 0 : TURN + (next === 0 ? across : down)[point]! * ON_ANOTHER;
      const dear = here + 1 + on(there, next) + turn;
      const reached = there * 2 + next;
      if (dear >= cost[reached]!) continue;
      cost[reached] = dear;
      before[reached] = state;
      queue.push(dear + left(c, r), reached);
    }
  }
}

function corners(before: Int32Array, side: Map<number, Corner>, last: number, goal: Corner, columns: number): Corner[] {
  const points: Corner[] = [goal];
  let state = last;
  for (;;) {
    const point = state >> 1;
    points.push([(point % columns) * TRACK, Math.floor(point / columns) * TRACK]);
    const next = before[state]!;
    if (next < 0) break;
    state = next;
  }
  const start = side.get(state);
  if (start) points.push(start);
  points.reverse();
  // What lies on a straight line between two others is no corner.
  return points.filter(([x, y], at) => {
    const [one, other] = [points[at - 1], points[at + 1]];
    return !one || !other || !((one[0] === x && other[0] === x) || (one[1] === y && other[1] === y));
  });
}

/** Short of the box by the length of its arrow's tip. */
function drawn(all: Corner[]): string {
  const [[x, y] = [0, 0], ...rest] = all;
  const [fromX, fromY] = all.at(-2) ?? [x, y];
  const steps = rest.map(([toX, toY], at) => {
    const tip = at === rest.length - 1 ? 2 : 0;
    const flat = Math.abs((at === 0 ? y : rest[at - 1]![1]) - toY) < 0.5;
    return flat ? `H${toX - Math.sign(toX - fromX) * tip}` : `V${toY - Math.sign(toY - fromY) * tip}`;
  });
  return `M${x} ${y}${steps.join("")}`;
}

/** Least first; of equals, the one that came first. */
class Heap {
  private readonly keys: number[] = [];
  private readonly values: number[] = [];

  push(key: number, value: number): void {
    let at = this.keys.length;
    this.keys.push(key);
    this.values.push(value);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (this.keys[above]! <= key) break;
      this.keys[at] = this.keys[above]!;
      this.values[at] = this.values[above]!;
      at = above;
    }
    this.keys[at] = key;
    this.values[at] = value;
  }

  pop(): number | null {
    const first = this.values[0];
    if (first === undefined) return null;
    const [key, value] = [this.keys.pop()!, this.values.pop()!];
    const size = this.keys.length;
    if (size === 0) return first;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= size) break;
      if (child + 1 < size && this.keys[child + 1]! < this.keys[child]!) child += 1;
      if (this.keys[child]! >= key) break;
      this.keys[at] = this.keys[child]!;
      this.values[at] = this.values[child]!;
      at = child;
    }
    this.keys[at] = key;
    this.values[at] = value;
    return first;
  }
}
