import { beforeEach, expect, test } from "vitest";
import type { Sent } from "../wire";
import { type Delivered, RoomOutbox } from "./outbox";

let kept: string | null;
let sent: Sent[][];
let answer: (commands: Sent[]) => Delivered | Promise<Delivered>;
let timers: { run: () => void; delay_ms: number }[];

const taken = (commands: Sent[]): Delivered => ({
  kind: "answered",
  results: commands.map((one, place) => ({ id: one.id, seq: place + 1, v: 1, rejected: null })),
});
const box = () =>
  new RoomOutbox({
    deliver: async (commands) => {
      sent.push(commands);
      return answer(commands);
    },
    seen_v: () => 42.4,
    store: { read: () => kept, write: (text) => (kept = text) },
    later: (run, delay_ms) => {
      timers.push({ run, delay_ms });
      return () => undefined;
    },
  });
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  kept = null;
  sent = [];
  timers = [];
  answer = taken;
});

test("a command goes out with one id, the moment it was made at and its words, and is then forgotten", async () => {
  const one = box();
  const id = one.send("decision wait", { kind: "answer", decision: "wait" }, "Two seconds.");
  await settled();
  expect(sent).toEqual([[{ id, seen_v: 42, body: { kind: "answer", decision: "wait" }, words: "Two seconds." }]]);
  expect(one.view().kept).toEqual([]);
  expect(kept).toBeNull();
});

test("without an answer the same command, under the same id, goes out again; also from the next page", async () => {
  answer = () => ({ kind: "unreachable" });
  const one = box();
  const id = one.send("clock", { kind: "pause" });
  await settled();
  expect(one.view().unreachable).toBe(true);
  expect(timers.map((timer) => timer.delay_ms)).toEqual([500]);
  one.close();
  answer = taken;
  const next = box();
  await next.drain();
  expect(sent.flat().map((command) => command.id)).toEqual([id, id]);
  expect(next.view()).toMatchObject({ kept: [], unreachable: false });
});

test("pauses grow while nobody answers, and begin anew when trying is promising", async () => {
  answer = () => ({ kind: "unreachable" });
  const one = box();
  one.send("clock", { kind: "pause" });
  await settled();
  for (let n = 0; n < 8; n += 1) {
    timers.at(-1)?.run();
    await settled();
  }
  expect(timers.map((timer) => timer.delay_ms)).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000]);
  one.wake();
  await settled();
  expect(timers.at(-1)?.delay_ms).toBe(500);
});

test("a refusal stays where it was made until it is put away or tried anew", async () => {
  answer = (commands) => ({ kind: "answered", results: commands.map((one) => ({ id: one.id, seq: null, v: null, rejected: "Not now." })) });
  const one = box();
  const id = one.send("move refund", { kind: "move", makes: "refund", args: { record: "8123" } });
  await settled();
  expect(one.view().kept).toMatchObject([{ place: "move refund", rejected: "Not now." }]);
  one.dismiss(id);
  expect(one.view().kept).toEqual([]);
  one.send("move refund", { kind: "move", makes: "refund", args: {} });
  await settled();
  answer = taken;
  one.send("move refund", { kind: "move", makes: "refund", args: { record: "8123" } });
  await settled();
  expect(one.view().kept).toEqual([]);
});

test("one bad command of a refused request does not hold back the others", async () => {
  answer = () => ({ kind: "unreachable" });
  const one = box();
  one.send("a", { kind: "pause" });
  await settled();
  one.send("b", { kind: "speed", times: 99 });
  one.send("c", { kind: "resume" });
  answer = (commands) => (commands.some((command) => command.body.kind === "speed") ? { kind: "refused", reason: "No such speed." } : taken(commands));
  one.wake();
  await settled();
  expect(one.view().kept).toMatchObject([{ place: "b", rejected: "No such speed." }]);
});

test("of where one looks, only the newest goes out", async () => {
  answer = () => ({ kind: "unreachable" });
  const one = box();
  one.send("clock", { kind: "pause" });
  await settled();
  one.send("look", { kind: "look", panel: "moves", decision: null, focus: null });
  await settled();
  one.send("look", { kind: "look", panel: "logs", decision: null, focus: null });
  answer = taken;
  one.wake();
  await settled();
  expect(sent.at(-1)?.map((command) => command.body)).toEqual([{ kind: "pause" }, { kind: "look", panel: "logs", decision: null, focus: null }]);
});

test("news of a network is worth another try, also while the last one is failing", async () => {
  answer = () => ({ kind: "unreachable" });
  const one = box();
  one.send("a", { kind: "pause" });
  answer = taken;
  one.wake();
  await settled();
  expect(one.view()).toMatchObject({ kept: [], unreachable: false });
});

test("what comes while a request is on its way goes with the next one", async () => {
  let release: (result: Delivered) => void = () => undefined;
  answer = (commands) => (sent.length === 1 ? new Promise((resolve) => (release = () => resolve(taken(commands)))) : taken(commands));
  const one = box();
  one.send("a", { kind: "pause" });
  one.send("b", { kind: "resume" });
  release(taken([]));
  await settled();
  expect(sent.map((commands) => commands.map((command) => command.body.kind))).toEqual([["pause"], ["resume"]]);
  expect(one.view().kept).toEqual([]);
});

test("an answer about nothing that was asked is no answer", async () => {
  answer = () => ({ kind: "answered", results: [] });
  const one = box();
  one.send("a", { kind: "pause" });
  await settled();
  expect(one.view().kept).toHaveLength(1);
  expect(timers).toHaveLength(1);
});

test("rubbish in the browser's store is nothing", () => {
  kept = "{not json";
  expect(box().view().kept).toEqual([]);
  kept = '[{"sent":1},null]';
  expect(box().view().kept).toEqual([]);
});
