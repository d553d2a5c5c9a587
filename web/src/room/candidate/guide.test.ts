import { expect, test } from "vitest";
import { begin, merge } from "../session/state";
import { frame, hello, mark, OPENS } from "../testing/situation";
import { done, STEPS } from "./Guide";

const fresh = merge(begin(hello), {
  clock: { ...frame.clock, v: OPENS, running: false },
  inbox: { ...frame.inbox!, tickets: frame.inbox!.tickets.map((one) => ({ ...one, reply: null })) },
});

test("nothing is done before it is done, and each step ticks by what happened", () => {
  expect(done(fresh, false)).toEqual(STEPS.map(() => false));
  expect(done({ ...fresh, clock: { ...fresh.clock, running: true } }, true).slice(0, 2)).toEqual([true, true]);
  const decisions = frame.decisions!.map((one, place) => ({ ...one, answered_at: place === 0 ? OPENS : null }));
  expect(done({ ...fresh, decisions }, false)[2]).toBe(true);
});

test("what was let run once stays ticked while it stands", () => {
  expect(done({ ...fresh, clock: { ...fresh.clock, v: OPENS + 1e9 } }, false)[0]).toBe(true);
});

test("a search ticks when it was for a ticket's key, and an answer when it was sent", () => {
  const key = fresh.tickets[0]!.key;
  const search = (query: string) => mark(9, 400, "search", "", `Searches traces for “${query}”: 2 found`);
  expect(done({ ...fresh, marks: [search(`${key}9`)] }, false)[3]).toBe(false);
  expect(done({ ...fresh, marks: [search(key)] }, false)[3]).toBe(true);
  const tickets = fresh.tickets.map((one, place) =>
    place === 0 ? { ...one, reply: { v: OPENS, verdict: "cannot_tell" as const, words: "We look." } } : one,
  );
  expect(done({ ...fresh, tickets }, false)[4]).toBe(true);
});
