// What the module says about scenarios and runs: crates/wasm/src/practice in types. Times are milliseconds of virtual time,
// money is in minor units, and nothing here decides anything.
import type { Mistake } from "./calls";

/** Which scenario: one that ships, or files of one's own. */
export type Book = { scenario: string } | { files: Record<string, string>; entry: string };

/** Option or value by decision; what is not named stays as found. */
export type Choices = Record<string, string>;

export type Order = Book & { choices: Choices; seed: string; faults?: boolean; watch?: number; follow?: number[] };

export interface Listed {
  id: string;
  title: string;
  story: string;
  /** What else it may be played as: `id#variation` opens one. */
  variations: string[];
}

export type Opened = { scenario: Scenario } | { mistakes: Mistake[] };

export interface Scenario {
  title: string;
  story: string;
  hash: string;
  currency: string;
  digits: number;
  starts_unix_s: number;
  warm_up: number;
  play: number;
  drain: number;
  decisions: Question[];
  /** Reference designs by name only. */
  designs: string[];
  faults: Planned[];
  invariants: Promised[];
  alerts: string[];
  picture: Drawn;
  clients: string[];
  services: string[];
  /** Topic and group. */
  groups: [string, string][];
  /** Topics that are queues, and no logs. */
  queues: string[];
  providers: string[];
}

export interface Question {
  name: string;
  ask: string;
  options: Option[];
  between: { sets: string; from: string; to: string; default: string } | null;
}

export interface Option {
  name: string;
  says: string;
  /** Path and value. */
  sets: [string, string][];
  default: boolean;
  costs: string;
}

export interface Planned {
  name: string;
  at: number;
  lasts: number;
  says: string[];
  boxes: number[];
}

export interface Promised {
  name: string;
  hurts: string;
  each: string | null;
  kind: "never" | "eventually" | "at_end";
  complains: boolean;
}

export interface Drawn {
  columns: number;
  rows: number;
  boxes: DrawnBox[];
  edges: DrawnEdge[];
}

export interface DrawnBox {
  is: "client" | "service" | "store" | "topic" | "provider";
  /** Its number among those of its kind. */
  at: number;
  name: string;
  column: number;
  row: number;
}

export interface DrawnEdge {
  from: number;
  to: number;
  carries: "calls" | "rows" | "messages" | "group" | "events";
  group: number | null;
}

export interface Outcome {
  digest: string;
  hash: string;
  seed: string;
  events: number;
  ends: number;
  invariants: Kept[];
  clients: { judged: number; pleased: number; clicks: number; p50: number; p99: number }[];
  groups: { handled: number; failures: number; parked: number; dead: number; lag: number }[];
  providers: { received: number; requests_lost: number; answers_lost: number; turned_away: number; replayed: number }[];
  detection: { fault: string; began: number | null; at: number | null; by: "alert" | "ticket" | "move" | "gate" | null }[];
  alerts: number[][];
  tickets_filed: number;
  tickets_handled: number;
  moves: { name: string; made: number; vain: number }[];
  retries: number;
  crashes: number;
  cost: number;
  cost_a_month: number;
  series: Series;
}

export interface Kept {
  name: string;
  hurts: string;
  violations: number;
  mended: number;
  undecided: number;
  cost: number;
  /** Complaints about it. */
  tickets: number;
  keys: { serial: number; what: string }[];
}

/** A list per figure, an entry per sample. */
export interface Series {
  at: number[];
  clients: { offered: number[]; good: number[]; bad: number[]; p50: number[]; p90: number[]; p99: number[] }[];
  services: {
    answered: number[];
    failed: number[];
    refused: number[];
    waiting: number[];
    p99: number[];
    up: number[];
    replicas: number[];
  }[];
  groups: { lag: number[]; dead: number[] }[];
  providers: { good: number[]; other: number[] }[];
  broken: number[][];
  cost: number[];
}

export interface History {
  serial: number;
  digest: string;
  /** Empty when nobody of that number came. */
  what: string;
  came: number;
  steps: Told[];
  /** What became real at somebody else's, in order. */
  made: string[];
  /** The promises that were broken, each once. */
  broken: string[];
}

export interface Told {
  /** Microseconds after the arrival. */
  after: number;
  /** The same, of the last of many that are told in one line. */
  until: number | null;
  is: "client" | "service" | "store" | "topic" | "group" | "provider" | "support" | "operator" | "oracle";
  part: string;
  text: string;
  /** The team's own telemetry leads to it; one service sees it for itself, joined to nothing; nobody inside sees it. */
  seen: "joined" | "apart" | "no";
  weighs: "lost" | "effect" | "harm" | null;
  breaks: number | null;
  /** Which click of the person, or which attempt of a call, begins here; from 1. */
  click: number | null;
  attempt: number | null;
}

/** A run told back: `Back` in crates/story. */
export interface Back {
  digest: string;
  faults: Struck[];
  /** In the order of the first time. */
  moves: { name: string; says: string; first: number | null; made: number; vain: number }[];
  promises: Came[];
  cost: number;
  tickets: number;
  judged: number;
  pleased: number;
  fates: Fate[];
}

export interface Struck {
  name: string;
  says: string[];
  began: number | null;
  ended: number | null;
  /** What could tell somebody of it, first. */
  shown: { at: number; by: "alert" | "ticket" | "move" | "gate"; what: string; serial: number | null } | null;
}

export interface Came {
  name: string;
  /** What it is called when it is broken. */
  called: string;
  hurts: string;
  broken: number;
  mended: number;
  undecided: number;
  tickets: number;
  cost: number;
  /** None too where it is known only at the end. */
  first: number | null;
}

export interface Fate {
  serial: number;
  what: string;
  came: number;
  /** What was done at somebody else's, and how often. */
  made: [string, number][];
  /** By number. */
  broken: number[];
  told: string | null;
}
