// What this page knows of the room, and how news is laid over it. A section that says the same again keeps its identity, so
// that nothing is drawn anew for it.
import type { LineState } from "../../shared/live";
import type { Alert, BoxNow, DecisionState, EdgeNow, FaultState, Frame, Hello, Mark, MoveState, Row, Strip, Ticket, Truth, VoidSpan } from "../wire";
import type { RoomClock } from "./clock";

export interface RoomState {
  hello: Hello;
  clock: RoomClock;
  boxes: readonly BoxNow[];
  edges: readonly EdgeNow[];
  rows: readonly Row[];
  alerts: readonly Alert[];
  tickets: readonly Ticket[];
  no_alerts: string | null;
  decisions: readonly DecisionState[];
  moves: readonly MoveState[];
  marks: readonly Mark[];
  present: NonNullable<Frame["present"]>;
  pad_rev: number;
  strips: readonly Strip[];
  revealed: Truth | null;
  looks: Frame["looks"] | null;
  faults: readonly FaultState[];
  truth: Truth | null;
  options_open: readonly string[];
  /** Spans that do not count; told the panel. */
  voids: readonly VoidSpan[];
}

export interface LineNow {
  state: LineState;
  /** Lost at least once since the page opened; then coming back is worth a word. */
  was_lost: boolean;
  /** The room will not come back, and why. */
  gone: string | null;
}

export function begin(hello: Hello): RoomState {
  return {
    hello,
    clock: { v: hello.opens, running: false, speed: 1, head: hello.opens, ended: false, why: null, left_ms: null },
    boxes: [],
    edges: [],
    rows: [],
    alerts: [],
    tickets: [],
    no_alerts: null,
    decisions: [],
    moves: [],
    marks: [],
    present: [],
    pad_rev: 0,
    strips: [],
    revealed: null,
    looks: null,
    faults: [],
    truth: null,
    options_open: [],
    voids: [],
  };
}

/** The room again after the line came back: what the server does not send anew stays. */
export function greet(before: RoomState | null, hello: Hello): RoomState {
  if (!before || before.hello.take.id !== hello.take.id) return begin(hello);
  return { ...before, hello: same(before.hello, hello) };
}

export function merge(before: RoomState, frame: Frame): RoomState {
  const next: RoomState = { ...before, clock: frame.clock ? same(before.clock, frame.clock) : before.clock };
  if (frame.now) {
    next.boxes = same(before.boxes, frame.now.boxes);
    next.edges = same(before.edges, frame.now.edges);
  }
  if (frame.samples) next.rows = [...before.rows.slice(0, frame.samples.from), ...frame.samples.rows];
  if (frame.inbox) {
    next.alerts = same(before.alerts, frame.inbox.alerts);
    next.tickets = same(before.tickets, frame.inbox.tickets);
    next.no_alerts = frame.inbox.no_alerts;
  }
  if (frame.revealed) next.revealed = same(before.revealed, frame.revealed.truth);
  for (const section of ["decisions", "moves", "marks", "present", "pad_rev", "strips", "looks", "faults", "truth", "options_open", "voids"] as const) {
    const news = frame[section];
    if (news !== undefined) Object.assign(next, { [section]: same(before[section] as unknown, news as unknown) });
  }
  return next;
}

/** `next`, in the old objects wherever they say the same. */
export function same<Value>(before: Value, next: Value): Value {
  if (Object.is(before, next)) return before;
  if (Array.isArray(before) && Array.isArray(next)) {
    const kept = next.map((one, place) => same(before[place] as unknown, one as unknown));
    return before.length === next.length && kept.every((one, place) => Object.is(one, before[place])) ? before : (kept as Value);
  }
  if (isRecord(before) && isRecord(next)) {
    const names = Object.keys(next);
    const kept = Object.fromEntries(names.map((name) => [name, same(before[name], next[name])]));
    const equal = names.length === Object.keys(before).length && names.every((name) => name in before && Object.is(kept[name], before[name]));
    return equal ? before : (kept as Value);
  }
  return next;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
