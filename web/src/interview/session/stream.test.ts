import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { follow, type Change, type StreamState } from "./stream";

class Source extends EventTarget {
  static all: Source[] = [];
  closed = false;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    Source.all.push(this);
  }
  close() {
    this.closed = true;
  }
  change(data: unknown) {
    this.dispatchEvent(new MessageEvent("change", { data: JSON.stringify(data) }));
  }
  fail() {
    this.dispatchEvent(new Event("error"));
  }
}

let head: number;
let states: StreamState[];
let changes: Change[];
let stop: () => void;
const last = () => Source.all.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Source);
  Source.all = [];
  head = 3;
  states = [];
  changes = [];
  stop = follow((after) => `/live?after=${after}`, {
    after: () => head,
    change: (change) => changes.push(change),
    state: (state) => states.push(state),
  });
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("it asks for what is newer, also after it came back", () => {
  expect(last().url).toBe("/live?after=3");
  last().change({ entries: [], live: { seq: 7 } });
  head = 7;
  last().fail();
  expect(states.at(-1)).toBe("lost");
  vi.advanceTimersByTime(500);
  expect(Source.all).toHaveLength(2);
  expect(last().url).toBe("/live?after=7");
  expect(changes).toHaveLength(1);
});

test("it waits longer after every failure, and not at all when the network says it is back", () => {
  for (let round = 0; round < 5; round += 1) {
    last().fail();
    vi.advanceTimersByTime(15_000);
  }
  const before = Source.all.length;
  last().fail();
  vi.advanceTimersByTime(1_000);
  expect(Source.all).toHaveLength(before);
  window.dispatchEvent(new Event("online"));
  expect(Source.all).toHaveLength(before + 1);
});

test("silence that nobody reported is a dead line", () => {
  last().change({ entries: [], live: {} });
  vi.advanceTimersByTime(39_000);
  expect(last().closed).toBe(false);
  vi.advanceTimersByTime(2_000);
  expect(Source.all[0]?.closed).toBe(true);
  expect(Source.all).toHaveLength(2);
});

test("what an old connection still says is not heard, and after closing nothing opens again", () => {
  const old = last();
  old.fail();
  vi.advanceTimersByTime(500);
  old.change({ entries: [], live: {} });
  expect(changes).toHaveLength(0);
  last().fail();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(Source.all).toHaveLength(2);
});
