// What the fake server answers when it is asked for options, traces, logs and dead letters.
import type { DeadLetters, Logs, Options, Span, Traces } from "../wire";
import { at } from "./situation";

export const options: Record<string, Options> = {
  half_done: {
    decision: "half_done",
    between: null,
    options: [
      { name: "nobody", says: "Nobody; the next click begins anew", costs: "", default: true },
      { name: "finish", says: "The shop asks the provider, listens to its events, and finishes or undoes", costs: "", default: false },
    ],
  },
  sight: {
    decision: "sight",
    between: null,
    options: [
      { name: "basic", says: "Rates and times of the services", costs: "", default: true },
      {
        name: "full",
        says: "Also correlation ids, business figures, and an alert on money that does not settle",
        costs: "900 USD/month",
        default: false,
      },
    ],
  },
  wait: { decision: "wait", options: [], between: { from: "200ms", to: "10s", now: "2s" } },
};

const span = (depth: number, name: string, service: string, start_us: number, took_us: number, more: Partial<Span> = {}): Span => ({
  depth,
  name,
  service,
  start_us,
  took_us,
  word: "",
  kind: "call",
  state: "ok",
  ahead_ms: 0,
  ...more,
});

export const traces: Traces = {
  joined: false,
  why_not: "No traces join here: this system propagates no correlation id.",
  total: 3,
  since: null,
  list: [
    {
      id: "1",
      service: "checkout",
      handler: "place_order",
      began: at(151.204),
      stamp: at(151.204),
      took_us: 2_331_000,
      outcome: "confirmed",
      good: true,
      fields: [["order", "8123"]],
      spans: [
        span(0, "place_order", "checkout", 0, 2_331_000, { kind: "handler" }),
        span(1, "insert orders", "checkout", 4_000, 2_000, { kind: "transaction" }),
        span(1, "call payments.charge", "checkout", 6_000, 2_322_000),
      ],
    },
    {
      id: "2",
      service: "payments",
      handler: "charge",
      began: at(151.209),
      stamp: at(151.209),
      took_us: 2_314_000,
      outcome: "ok",
      good: true,
      fields: [
        ["order", "8123"],
        ["charge", "ch_41c8"],
      ],
      spans: [
        span(0, "charge", "payments", 0, 2_314_000, { kind: "handler" }),
        span(1, "psp.capture, attempt 1", "payments", 1_000, 2_000_000, { kind: "attempt", state: "no_answer", word: "no answer" }),
        span(1, "psp.capture, attempt 2", "payments", 2_002_000, 287_000, { kind: "attempt" }),
        span(1, "insert charges ch_41c8", "payments", 2_300_000, 3_000, { kind: "transaction" }),
      ],
    },
    {
      id: "3",
      service: "ledger",
      handler: "post",
      began: at(153.74),
      stamp: at(153.74),
      took_us: 14_000,
      outcome: "ok",
      good: true,
      fields: [["order", "8123"]],
      spans: [span(0, "post ch_41c8", "ledger", 0, 14_000, { kind: "message" })],
    },
  ],
};

export const logs: Logs = {
  total: 812,
  since: null,
  lines: [
    {
      v: at(601),
      stamp: at(601),
      level: "info",
      service: "checkout",
      replica: 0,
      text: "place_order confirmed",
      fields: [
        ["order", "8401"],
        ["took_ms", "231"],
      ],
      trace: null,
    },
    {
      v: at(604),
      stamp: at(604),
      level: "warn",
      service: "payments",
      replica: 2,
      text: "psp.capture gave no answer in 2 s; attempt 2 of 3",
      fields: [
        ["order", "8402"],
        ["replica", "2"],
      ],
      trace: null,
    },
    {
      v: at(611),
      stamp: at(611),
      level: "error",
      service: "settlement",
      replica: 1,
      text: "transaction on settle failed: no answer within 500 ms",
      fields: [
        ["partition", "3"],
        ["attempt", "7"],
        ["order", "8391"],
      ],
      trace: null,
    },
    {
      v: at(610),
      stamp: at(610),
      level: "error",
      service: "settlement",
      replica: 0,
      text: "transaction on settle failed: no answer within 500 ms",
      fields: [
        ["partition", "0"],
        ["attempt", "7"],
        ["order", "8380"],
      ],
      trace: null,
    },
  ],
};

export const dead: DeadLetters = {
  group: "settlement.add",
  total: 3140,
  list: Array.from({ length: 40 }, (_, n) => ({
    number: n + 1,
    fields: [
      ["charge", String(1300 + n)],
      ["order", String(8300 + n)],
    ],
    key: n % 9 === 4 ? null : String(8300 + n),
    readable: n % 9 !== 4,
    partition: n % 8,
    failures: 5,
    published: at(545 + n),
    put_back: 0,
    why: n % 9 === 4 ? "cannot be read: amount is missing" : "transaction on settle failed: no answer",
    parked: at(560 + n),
  })),
};
