// One moment of one room, for tests and for looking at: ten minutes in, a store has been down for 72 seconds, a queue grows and
// the upper row is calm. Figures agree with each other; none comes from a run.
import type { BoxNow, Clock, DecisionState, EdgeNow, Frame, Hello, Mark, Row, Strip } from "../wire";

export const SECOND = 1e9;
export const OPENS = 300 * SECOND;
/** Virtual time since the opening, in seconds → v. */
export const at = (seconds: number): number => OPENS + seconds * SECOND;
const NOW = 612;

const place = (is: "client" | "service" | "store" | "topic" | "provider", n: number, name: string, column: number, row: number) => ({
  is,
  at: n,
  name,
  column,
  row,
});
const edge = (from: number, to: number, carries: "calls" | "rows" | "messages" | "group" | "events", group: number | null = null) => ({
  from,
  to,
  carries,
  group,
});

export const hello: Hello = {
  take: { id: "take-1", n: 1, of: null },
  you: "candidate",
  title: "Charged, and settlement fails",
  story: "A shop charges cards through an outside provider. At midnight the day’s batch goes to the bank.",
  starts_unix_s: Date.UTC(2026, 2, 12, 23, 25) / 1000,
  brief: "Say what you would do, then do it; the shop goes on meanwhile.",
  faults: [],
  opens: OPENS,
  closes: at(40 * 60),
  ends: at(45 * 60),
  currency: "USD",
  digits: 2,
  speeds: [1, 2, 4, 8, 16],
  picture: {
    columns: 4,
    rows: 4,
    boxes: [
      place("client", 0, "shoppers", 0, 0),
      place("service", 0, "checkout", 0, 0),
      place("service", 1, "payments", 1, 0),
      place("service", 2, "ledger", 0, 2),
      place("service", 3, "settlement", 2, 2),
      place("store", 0, "shop", 0, 1),
      place("store", 1, "pay", 1, 1),
      place("store", 2, "settle", 2, 3),
      place("store", 3, "books", 0, 3),
      place("topic", 0, "money", 1, 2),
      place("provider", 0, "psp", 3, 0),
      place("provider", 1, "bank", 3, 2),
    ],
    edges: [
      edge(0, 1, "calls"),
      edge(1, 2, "calls"),
      edge(1, 5, "rows"),
      edge(2, 6, "rows"),
      edge(2, 9, "messages"),
      edge(2, 10, "calls"),
      edge(3, 8, "rows"),
      edge(4, 7, "rows"),
      edge(4, 11, "calls"),
      edge(9, 3, "group", 0),
      edge(9, 4, "group", 1),
      edge(10, 2, "events"),
    ],
  },
  questions: [
    { name: "wait", ask: "How long does payments wait for the provider?", kind: "value" },
    { name: "no_answer", ask: "The provider has not answered. What now?", kind: "options" },
    { name: "event_path", ask: "How does the event leave payments?", kind: "options" },
    { name: "half_done", ask: "A purchase stops half way. Who finishes it?", kind: "options" },
    { name: "bad_message", ask: "A message keeps failing. What happens to it?", kind: "options" },
    { name: "books", ask: "Who compares the books?", kind: "options" },
    { name: "sight", ask: "What do you pay to see?", kind: "options" },
  ],
  moves: [
    {
      name: "refund",
      title: "Refund a charge",
      says: "Asks the provider to give one charge back. It cannot be taken back; the customer sees it within days.",
      asks: [{ arg: "record", kind: "charge" }],
      takes: "about 90 s",
      reversible: false,
      box: 2,
    },
    {
      name: "redrive",
      title: "Replay dead letters",
      says: "Sends letters that were put aside to their group again, in the order in which they were parked. What fails again is put aside again.",
      asks: [
        { arg: "dead_letters", groups: ["settlement.add"] },
        { arg: "rate", usual: 20 },
      ],
      takes: "as long as the rate needs",
      reversible: false,
      box: 4,
    },
    {
      name: "restart",
      title: "Restart a replica",
      says: "Takes one replica out, lets it finish what it holds for 10 s, and starts it again.",
      asks: [{ arg: "replica", service: "payments", count: 3 }],
      takes: "about 30 s",
      reversible: false,
      box: 2,
    },
    {
      name: "pause_group",
      title: "Pause a partition",
      says: "The group stops reading one partition. Nothing is lost; what comes waits.",
      asks: [
        { arg: "group", groups: ["settlement.add", "ledger.post"] },
        { arg: "partition", count: 8 },
      ],
      takes: "at once",
      reversible: true,
      box: 4,
    },
    {
      name: "reconcile",
      title: "Compare the books now",
      says: "Compares the provider’s report with settlement’s lines and repairs what is missing.",
      asks: [],
      takes: "about 2 min",
      reversible: false,
      box: 4,
    },
  ],
};

const box = (more: Partial<BoxNow>): BoxNow => ({
  rate: null,
  p50_ms: null,
  p99_ms: null,
  up: 0,
  replicas: 0,
  waiting: 0,
  rolling: null,
  lanes: null,
  degraded: false,
  word: null,
  ...more,
});
const flow = (rate: number | null, more: Partial<EdgeNow> = {}): EdgeNow => ({
  rate,
  failed: 0,
  lag: null,
  growing: null,
  word: null,
  degraded: false,
  ...more,
});

export const boxes: BoxNow[] = [
  box({ rate: 34.4 }),
  box({ rate: 34.4, p50_ms: 210, p99_ms: 1060, up: 3, replicas: 3 }),
  box({ rate: 34.4, p50_ms: 180, p99_ms: 980, up: 3, replicas: 3 }),
  box({ rate: 33.3, p50_ms: 8, p99_ms: 14, up: 2, replicas: 2 }),
  box({ rate: 0, p99_ms: null, up: 2, replicas: 2, degraded: true, word: "8 retrying" }),
  box({ rate: 68, p50_ms: 2 }),
  box({ rate: 33.3, p50_ms: 3 }),
  box({ rate: 1.6, degraded: true, word: "no answer" }),
  box({ rate: 33.3, p50_ms: 4 }),
  box({ rate: 33.3, lanes: [310, 320, 290, 280, 310, 300, 295, 295], waiting: 2400 }),
  box({ rate: 34.5, p99_ms: 890 }),
  box({ rate: 0, word: null }),
];

export const edges: EdgeNow[] = [
  flow(34.4),
  flow(34.4),
  flow(68),
  flow(33.3),
  flow(33.3, { word: "outbox" }),
  flow(34.5, { word: "waits 2 s, up to 3 attempts, no key" }),
  flow(33.3),
  flow(1.6, { failed: 1.6, degraded: true }),
  flow(0),
  flow(33.3, { lag: 3 }),
  flow(0, { lag: 2400, growing: 33.3, degraded: true }),
  flow(33.7, { word: "ignored" }),
];

/** Ten-second samples up to a moment; the same every time. */
export function rowsUntil(seconds: number, downFrom = 540): Row[] {
  let seed = 11;
  const draw = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648 - 0.5;
  return Array.from({ length: Math.floor(seconds / 10) }, (_, n) => {
    const s = (n + 1) * 10;
    const down = Math.max(0, s - downFrom);
    const offered = 34.4 + draw() * 5;
    const p99 = 1020 + draw() * 260;
    return {
      v: at(s),
      values: [
        offered,
        offered * 0.968 + draw(),
        Math.max(0, 0.3 + draw() * 0.5),
        205 + draw() * 20,
        470 + draw() * 50,
        p99,
        down > 0 ? down * 33.3 : Math.max(0, 3 + draw() * 6),
        Math.max(0, 3 + draw() * 6),
        (119 + draw() * 22) * 100_000,
        null,
        null,
        down > 0 ? 0 : 33.3 + draw() * 4,
        down > 0 ? null : 62 + draw() * 20,
      ],
    };
  });
}

const decision = (name: string, more: Partial<DecisionState>): DecisionState => ({
  name,
  state: "as_found",
  says: "",
  answer: "",
  answered_at: null,
  before_options: false,
  reason: "",
  chosen_at: null,
  live: null,
  mapped: null,
  ...more,
});
export const mark = (seq: number | null, s: number, kind: Mark["kind"], label: string, text: string, more: Partial<Mark> = {}): Mark => ({
  seq,
  v: at(s),
  kind,
  label,
  text,
  who: "Mira Okafor",
  panel: false,
  words: "",
  ...more,
});

export const decisions: DecisionState[] = [
  decision("wait", { says: "2 s" }),
  decision("no_answer", {
    state: "chosen",
    says: "ask again, up to three times",
    answer: "Most time-outs are lost requests, so retry twice.",
    answered_at: at(0),
    before_options: true,
    reason: "A lost request costs nothing to repeat.",
    chosen_at: at(0),
    live: { done: 3, of: 3 },
  }),
  decision("event_path", {
    state: "chosen",
    says: "stored, then sent",
    answer: "In the same transaction as the charge row, then a relay sends it. If we crash in between, the event is late, not lost.",
    answered_at: at(0),
    before_options: true,
    reason: "Late is better than lost.",
    chosen_at: at(0),
    live: { done: 3, of: 3 },
  }),
  decision("half_done", { says: "nobody" }),
  decision("bad_message", { says: "tried for ever" }),
  decision("books", { says: "nobody" }),
  decision("sight", { says: "basic" }),
];

export const marks: Mark[] = [
  mark(1, 0, "begin", "", "The room opened."),
  mark(2, 0, "decision", "D2", "D2 ask again, up to three times. Answered before the options."),
  mark(3, 0, "decision", "D3", "D3 stored, then sent. Answered before the options."),
  mark(4, 286, "ticket", "8123", "Order 8123: charged twice. Speed 4× to 1×."),
  mark(5, 331, "search", "", "Searched traces for 8123: three, none joined."),
  mark(6, 452, "move", "M1 refund 8123", "M1 refund ch_41c8 of order 8123."),
  mark(7, 485, "reply", "8123", "Ticket 8123 answered: it is so."),
  mark(9, 578, "ticket", "8377", "Order 8377: charged, not confirmed."),
];

const strips: Strip[] = [
  {
    id: "orders",
    box: null,
    title: "Orders",
    says: "per second",
    unit: "per_second",
    log: false,
    alert_at: null,
    not_bought: null,
    lines: [
      { at: 0, label: "offered", strong: false },
      { at: 1, label: "good", strong: true },
    ],
  },
  {
    id: "errors",
    box: null,
    title: "Errors",
    says: "checkout, per cent",
    unit: "percent",
    log: false,
    alert_at: 5,
    not_bought: null,
    lines: [{ at: 2, label: "failed", strong: true }],
  },
  {
    id: "latency",
    box: null,
    title: "Latency",
    says: "checkout, log scale",
    unit: "ms",
    log: true,
    alert_at: null,
    not_bought: null,
    lines: [
      { at: 5, label: "p99", strong: true },
      { at: 4, label: "p90", strong: false },
      { at: 3, label: "p50", strong: false },
    ],
  },
  {
    id: "queue",
    box: null,
    title: "Queue",
    says: "money, by group",
    unit: "count",
    log: false,
    alert_at: null,
    not_bought: null,
    lines: [
      { at: 6, label: "settlement", strong: true },
      { at: 7, label: "ledger", strong: false },
    ],
  },
  {
    id: "money",
    box: null,
    title: "Money",
    says: "per minute",
    unit: "count",
    log: false,
    alert_at: null,
    not_bought: "not bought",
    lines: [
      { at: 8, label: "captured", strong: true },
      { at: 9, label: "settled", strong: false },
      { at: 10, label: "charged twice", strong: false },
    ],
  },
  {
    id: "settlement-rate",
    box: 4,
    title: "Handled",
    says: "settlement, per second",
    unit: "per_second",
    log: false,
    alert_at: null,
    not_bought: null,
    lines: [{ at: 11, label: "handled", strong: true }],
  },
  {
    id: "settlement-p99",
    box: 4,
    title: "Latency",
    says: "settlement, log scale",
    unit: "ms",
    log: true,
    alert_at: null,
    not_bought: null,
    lines: [{ at: 12, label: "p99", strong: true }],
  },
  {
    id: "settlement-queue",
    box: 4,
    title: "Queue",
    says: "before settlement",
    unit: "count",
    log: false,
    alert_at: null,
    not_bought: null,
    lines: [{ at: 6, label: "settlement", strong: true }],
  },
];

export const frame: Frame & { clock: Clock } = {
  clock: { v: at(NOW), running: true, speed: 1, head: at(NOW), ended: false, why: null, left_ms: 26 * 60_000 + 38_000 },
  now: { boxes, edges },
  strips,
  samples: { from: 0, rows: rowsUntil(NOW) },
  inbox: {
    alerts: [{ name: "errors", says: "checkout errors above 5 % for 2 min", firing: false, since: null, fired: [] }],
    tickets: [
      {
        number: 2,
        what: "order 8377",
        key: "8377",
        claim: "says: charged, not confirmed",
        words: "My bank shows the payment, your page says pending. Is it mine?",
        filed: at(578),
        worth: "$41.90",
        reply: null,
      },
      {
        number: 1,
        what: "order 8123",
        key: "8123",
        claim: "says: charged twice",
        words: "I was charged twice for 8123, $84.20 both times.",
        filed: at(286),
        worth: "$84.20",
        reply: { v: at(485), verdict: "it_is_so", words: "You were. One of the two is on its way back." },
      },
    ],
    no_alerts: null,
  },
  decisions,
  moves: [
    {
      number: 1,
      name: "refund",
      title: "Refund a charge",
      about: "order 8123",
      asked: at(452),
      state: "done",
      done_at: at(542),
      result: "ch_41c8 given back, $84.20. The order keeps one charge.",
      can_take_back: false,
      can_call_off: false,
      reason: "The customer is right: there are two charges.",
    },
  ],
  marks,
  present: [
    { id: "mira", name: "Mira Okafor", initials: "MO", silent: false, candidate: true },
    { id: "jonas", name: "Jonas Lind", initials: "JL", silent: false, candidate: false },
    { id: "priya", name: "Priya Raman", initials: "PR", silent: false, candidate: false },
  ],
  pad_rev: 1,
};
