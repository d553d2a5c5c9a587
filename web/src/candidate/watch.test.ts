import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watch, type Watched } from "./watch";

class Source extends EventTarget {
  static all: Source[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    Source.all.push(this);
  }
  close() {
    this.closed = true;
  }
}

const VIEW = { title: "Interview", shown: [] };
let answer: () => Response | Promise<Response>;
let seen: Watched[];
let stop: () => void;
const now = () => seen.at(-1);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("fetch", async () => answer());
  Source.all = [];
  seen = [];
  answer = () => Response.json(VIEW);
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function begin() {
  stop = watch("tok/en", (watched) => seen.push(watched));
  await vi.advanceTimersByTimeAsync(0);
}

test("what is shown changes by itself, under the token's own address", async () => {
  await begin();
  expect(now()).toMatchObject({ kind: "open", line: true });
  expect(Source.all[0]?.url).toBe("/api/c/tok%2Fen/live");
  Source.all[0]?.dispatchEvent(new MessageEvent("change", { data: JSON.stringify({ ...VIEW, title: "Other" }) }));
  expect(now()).toMatchObject({ view: { title: "Other" } });
});

test("when the line is lost the page stays as it is and comes back", async () => {
  await begin();
  answer = () => Promise.reject(new TypeError("failed"));
  Source.all[0]?.dispatchEvent(new Event("error"));
  expect(now()).toMatchObject({ kind: "open", line: false, view: VIEW });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(now()).toMatchObject({ kind: "open", line: false });
  answer = () => Response.json(VIEW);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(now()).toMatchObject({ kind: "open", line: true });
});

test("a wrong or expired link shuts the page and is not asked for again", async () => {
  answer = () => Response.json({ title: "Gone", status: 410, detail: "Expired." }, { status: 410 });
  await begin();
  expect(now()).toMatchObject({ kind: "shut", status: 410, problem: { detail: "Expired." } });
  const count = seen.length;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(seen).toHaveLength(count);
});

test("a link that is revoked while the page is open shuts it", async () => {
  await begin();
  answer = () => Response.json({ title: "Not found", status: 404 }, { status: 404 });
  Source.all[0]?.dispatchEvent(new Event("error"));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(now()).toMatchObject({ kind: "shut", status: 404 });
});

test("a server in trouble is tried again", async () => {
  answer = () => new Response("", { status: 503 });
  await begin();
  expect(now()).toEqual({ kind: "unreachable" });
  answer = () => Response.json(VIEW);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(now()).toMatchObject({ kind: "open" });
});
