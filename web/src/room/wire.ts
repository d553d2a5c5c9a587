// The wire of the live room: what the server sends and takes. v is nanoseconds of virtual time, a number; what the screen calls
// 0:00 is v === hello.opens, the end of the warm-up. Money is in minor units. Nothing here decides anything.
import type { Drawn } from "../wasm/practice";

/* Where: an interviewer's is `/api/takes/{take}/…`, a candidate's `/api/c/{token}/room/…`. `live?after=` is a stream of `hello`,
   `frame` (at most ten a second, only the sections that changed) and `gone`; `commands` takes what is sent, and a resend is harmless;
   `options/{decision}`, `traces`, `logs`, `dead` and `pad` are read when they are wanted. */

/** Which room an interview has; beside the interview, and in what a candidate's page is told. */
export interface RoomRef {
  id: string;
  take: string;
  scenario: string;
  title: string;
}

export type Audience = "candidate" | "interviewer" | "shadow";

export interface Hello {
  take: { id: string; n: number; of: { n: number; v: number } | null };
  you: Audience;
  title: string;
  story: string; // the brief's story
  starts_unix_s: number; // wall clock of the simulated world at v = 0
  opens: number; // v at which the room opens (warm-up done)
  ends: number; // v at which the clock stops
  currency: string;
  digits: number;
  speeds: number[]; // e.g. [1,2,4,8,16]
  picture: Drawn; // boxes and edges on a grid
  questions: { name: string; ask: string; kind: "options" | "value" }[]; // no options here
  moves: MoveDef[];
  faults?: FaultDef[]; // panel only
}

/** Lines of one small chart. `box`: only shown while that box of the picture is focused; null: the default strips. */
export interface Strip {
  id: string;
  box: number | null;
  title: string;
  says: string; // "per second", "checkout, per cent", "log scale" …
  unit: "per_second" | "percent" | "ms" | "count" | "seconds" | "money";
  log: boolean;
  lines: { at: number; label: string; strong: boolean }[]; // `at`: place in Row.values
  alert_at: number | null; // where an alert is configured
  not_bought: string | null; // words when the design did not pay for it (values are null then)
}

export interface MoveDef {
  name: string;
  title: string;
  says: string; // what it does, in words, including what it cannot undo
  asks: Asks[];
  takes: string; // "about 30 s"
  reversible: boolean;
  box: number | null; // the box it acts on
}

export type Asks =
  | { arg: "record"; kind: string }
  | { arg: "dead_letters"; groups: string[] }
  | { arg: "rate"; usual: number }
  | { arg: "group"; groups: string[] }
  | { arg: "partition"; count: number }
  | { arg: "replica"; service: string; count: number };

export interface FaultDef {
  name: string;
  title: string; // "Settlement’s store is down"
  says: string[];
  reveals: string; // what it shows about a person
  window: { from: number; to: number } | null; // v
  lasts_ms: number;
  boxes: number[];
}

export interface Clock { v: number; running: boolean; speed: number; head: number; ended: boolean; why: string | null; left_ms: number | null }

export interface Frame {
  clock?: Clock;
  // why: a sentence when it stands for a reason worth telling ("The server was started again; the room is paused.")
  now?: { boxes: BoxNow[]; edges: EdgeNow[] };
  samples?: { from: number; rows: Row[] }; // replace everything from index `from` on
  inbox?: { alerts: Alert[]; tickets: Ticket[]; no_alerts: string | null };
  decisions?: DecisionState[];
  moves?: MoveState[];
  marks?: Mark[]; // all of them, oldest first (bounded by the server)
  present?: { id: string; name: string; initials: string; silent: boolean; candidate: boolean }[];
  revealed?: { truth: Truth | null }; // what interviewers have opened to everybody for a while
  pad_rev?: number; // read the pad again when it moved
  // panel only:
  looks?: { panel: string; decision: string | null; focus: number | null }; // which panel the candidate has open
  faults?: FaultState[];
  truth?: Truth;
  options_open?: string[]; // decisions whose options the candidate has opened
  strips?: Strip[]; // sent with the first frame, and again when what was bought changes
}

export interface BoxNow {
  rate: number | null; // per second
  p50_ms: number | null;
  p99_ms: number | null;
  up: number; // replicas
  replicas: number;
  waiting: number;
  rolling: { done: number; of: number } | null; // a change arriving replica by replica
  lanes: number[] | null; // topics: waiting per partition (of the slowest group)
  degraded: boolean;
  word: string | null; // "no answer", "8 retrying", "breaker open", "paused"
}

export interface EdgeNow {
  rate: number | null;
  failed: number; // per second
  lag: number | null; // of a group
  growing: number | null; // per second
  word: string | null; // "waits 2 s, up to 3 attempts, no key" (the policy as decided), "ignored", "outbox"
  degraded: boolean;
}

export interface Row { v: number; values: (number | null)[] }

export interface Alert { name: string; says: string; firing: boolean; since: number | null; fired: number[] }

export interface Ticket {
  number: number;
  what: string; // "order 8123"
  key: string; // "8123": what one would search for
  claim: string; // "says: charged twice" — a claim, not an established fact
  words: string; // the customer's words
  filed: number; // v
  worth: string | null;
  reply: { v: number; verdict: Verdict; words: string } | null;
  right?: boolean | null; // panel only: whether the reply is
  truth?: string; // panel only: what is so
}
export type Verdict = "it_is_so" | "it_is_not" | "cannot_tell";

export interface DecisionState {
  name: string;
  state: "as_found" | "answered" | "options_shown" | "chosen" | "something_else";
  says: string; // what holds now, in words: "nobody, as found", "ask again, up to three times"
  answer: string; // the candidate's own words before the menu
  answered_at: number | null;
  before_options: boolean; // answered before the options were shown
  reason: string;
  chosen_at: number | null;
  live: { done: number; of: number } | null; // replicas that run it
  mapped: { as: string | null; outside: boolean } | null; // how an interviewer mapped "something else"
}

export interface Options {
  decision: string;
  options: { name: string; says: string; costs: string; default: boolean }[];
  between: { from: string; to: string; now: string } | null;
}

export interface MoveState {
  number: number; // M1, M2 …
  name: string;
  title: string;
  about: string; // "order 8123", "40 dead letters at 20/s"
  asked: number; // v
  state: "under_way" | "done" | "failed" | "refused" | "taken_back";
  done_at: number | null;
  result: string; // words: "11 differences found, 9 repaired, 2 left for finance"
  can_take_back: boolean;
  reason: string;
}

export interface Mark {
  seq: number | null;
  v: number;
  kind: "decision" | "move" | "ticket" | "reply" | "alert" | "fault" | "lift" | "noticed" | "speed" | "pause" | "resume" | "answer" | "options" | "search" | "void" | "reveal" | "begin" | "end";
  label: string; // "D2", "M1 refund 8123"
  text: string; // the line of the record
  words?: string; // what was written with it
  who: string; // name
  panel: boolean; // never sent to a candidate when true
}

export interface FaultState { name: string; state: "planned" | "armed" | "on" | "over"; since: number | null; until: number | null; noticed_at: number | null; noticed_by: string | null }

export interface Truth {
  rows: { promise: string; says: string; hurts: string; count: number; undecided: number; mended: number; visible: number; cost: number; who: { serial: number; what: string }[] }[];
  cost: number;
}

// ── what is sent ──
export interface Sent { id: string; seen_v: number; body: Body; words?: string }
export interface Result { id: string; seq: number | null; v: number | null; rejected: string | null }

export type Body =
  | { kind: "pause" } | { kind: "resume" } | { kind: "speed"; times: number }
  | { kind: "answer"; decision: string } // words = the answer
  | { kind: "show_options"; decision: string }
  | { kind: "choose"; decision: string; answer: { option: string } | { value: string } | { something_else: true } } // words = the reason (or the something else)
  | { kind: "map"; decision: string; as: string | null } // interviewer; null = outside the model
  | { kind: "move"; makes: string; args: { record?: string; letters?: number[]; group?: string; partition?: number; replica?: number; count?: number; rate?: number } } // words = why
  | { kind: "take_back"; move: number }
  | { kind: "reply"; ticket: number; verdict: Verdict } // words = what is written to the customer
  | { kind: "look"; panel: "decisions" | "moves" | "traces" | "logs" | "pad"; decision: string | null; focus: number | null }
  | { kind: "search"; where: "traces" | "logs"; query: string; found: number }
  | { kind: "arm"; fault: string } | { kind: "disarm" } | { kind: "fire"; fault: string } | { kind: "lift"; fault: string }
  | { kind: "noticed"; fault: string }
  | { kind: "void"; from: number; to: number } // words = the reason
  | { kind: "reveal"; on: boolean }
  | { kind: "end" };

// ── traces and logs ──
// since: from here on they are kept; null where they are kept from the beginning
export interface Traces { joined: boolean; why_not: string | null; total: number; since: number | null; list: Trace[] }
export interface Trace { id: string; service: string; handler: string; began: number; took_us: number | null; outcome: string; good: boolean; fields: [string, string][]; spans: Span[] }
export interface Span { depth: number; name: string; service: string; start_us: number; took_us: number | null; word: string | null; kind: "handler" | "call" | "attempt" | "transaction" | "message"; state: "ok" | "failed" | "no_answer" | "running" }
export interface Logs { total: number; since: number | null; lines: { v: number; level: string; service: string; replica: number | null; text: string; fields: [string, string][]; trace: string | null }[] } // newest last
export interface DeadLetters { group: string; total: number; list: { number: number; fields: [string, string][]; readable: boolean; partition: number; failures: number; why: string; published: number; parked: number; put_back: number }[] }
