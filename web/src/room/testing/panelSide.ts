// The same moment as the panel is told it: what is armed and struck, what is true, and where the candidate looks.
import type { Clock, Frame, Hello } from "../wire";
import { at, frame, hello, mark, marks } from "./situation";

export const panelHello: Hello = {
  ...hello,
  you: "interviewer",
  faults: [
    {
      name: "settle_db_down",
      title: "Settlement’s store is down",
      says: ["settle answers nobody"],
      reveals: "Shows whether a queue is watched that no customer waits for.",
      window: { from: at(480), to: at(600) },
      planned: null,
      lasts_ms: 600_000,
      boxes: [7],
    },
    {
      name: "poison",
      title: "One message that can never be posted",
      says: ["one message of money is unreadable"],
      reveals: "Shows whether one bad message stops a partition, and who owns it afterwards.",
      window: { from: at(780), to: at(900) },
      planned: null,
      lasts_ms: 0,
      boxes: [9],
    },
    {
      name: "answers_vanish",
      title: "Answers of the provider vanish",
      says: ["one answer in five is lost"],
      reveals: "Shows whether a lost answer is told from a lost request.",
      window: { from: at(1320), to: at(1500) },
      planned: null,
      lasts_ms: 180_000,
      boxes: [10],
    },
    {
      name: "killed",
      title: "A replica of payments is killed",
      says: ["one replica stops after the charge"],
      reveals: "Shows what holds when a process dies between two steps.",
      window: { from: at(1740), to: at(1800) },
      planned: null,
      lasts_ms: 0,
      boxes: [2],
    },
  ],
};

export const panelFrame: Frame & { clock: Clock } = {
  ...frame,
  marks: [
    ...marks.slice(0, 7),
    mark(8, 540, "fault", "settle down", "Settlement’s store is down until 19:00.", { panel: true, who: "Jonas Lind" }),
    ...marks.slice(7),
  ],
  looks: { panel: "decisions", decision: "half_done", focus: null },
  faults: [
    { name: "settle_db_down", state: "on", since: at(540), until: at(1140), noticed_at: null, noticed_by: null },
    { name: "poison", state: "armed", since: null, until: null, noticed_at: null, noticed_by: null },
    { name: "answers_vanish", state: "planned", since: null, until: null, noticed_at: null, noticed_by: null },
    { name: "killed", state: "planned", since: null, until: null, noticed_at: null, noticed_by: null },
  ],
  truth: {
    cost: 14_390_000,
    rows: [
      {
        promise: "charged_once",
        says: "charged twice",
        count: 4,
        undecided: 0,
        mended: 1,
        visible: 1,
        cost: 14_000,
        hurts: "customer",
        who: [
          { serial: 8123, what: "order 8123" },
          { serial: 8211, what: "order 8211" },
        ],
      },
      {
        promise: "paid_is_confirmed",
        says: "paid, not confirmed",
        count: 6,
        undecided: 2,
        mended: 0,
        visible: 1,
        cost: 25_140,
        hurts: "customer",
        who: [{ serial: 8377, what: "order 8377" }],
      },
      {
        promise: "paid_is_settled",
        says: "captured, not settled",
        count: 2400,
        undecided: 2400,
        mended: 0,
        visible: 2400,
        cost: 0,
        hurts: "merchant",
        who: [],
      },
      {
        promise: "books_match",
        says: "books against provider",
        count: 1,
        undecided: 0,
        mended: 0,
        visible: 0,
        cost: 35_160,
        hurts: "merchant",
        who: [],
      },
    ],
  },
  options_open: [],
};
