import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { EntriesResult, Entry, Id, Live, NewEntry } from "../../api/types";
import { Memory, openStore, Spilling, type Store } from "./db";
import { Outbox, type Deliver, type Outcome, type Wire, type Word } from "./outbox";

const ANNA = "person-anna";
const FIRST = "interview-1";
const SECOND = "interview-2";

const note = (id: string, text = id): NewEntry => ({
  id,
  at_ms: 1000,
  body: { kind: "note", note: "said", text, area: null, signal: null },
});

const LIVE: Live = {
  seq: 0, state: "running", elapsed_ms: 0, as_of: "2026-01-01T00:00:00Z", started_at: null, ended_at: null,
  phase: null, phase_entered_ms: null, relevant: [], next: "", shown: [], present: [], candidate_present: false,
};

/** A server that takes an id once, however often it comes, and refuses what the test tells it to. */
class Server {
  taken: { interview: Id; entry: NewEntry }[] = [];
  requests: string[][] = [];
  refuse = new Map<Id, string>();
  /** Outcomes for the next requests; `lost` takes the entries and loses the answer. */
  down = false;
  script: ("ok" | "down" | "lost" | "signed_out" | Outcome)[] = [];

  deliver: Deliver = async (interview, entries) => {
    this.requests.push(entries.map((entry) => entry.id));
    const what = this.down ? "down" : (this.script.shift() ?? "ok");
    if (what === "down") return { kind: "unreachable" };
    if (what === "signed_out") return { kind: "signed_out" };
    if (typeof what === "object") return what;
    const result = this.#take(interview, entries);
    return what === "lost" ? { kind: "unreachable" } : { kind: "answered", result };
  };

  #take(interview: Id, entries: NewEntry[]): EntriesResult {
    const results = entries.map((entry) => {
      const refused = this.refuse.get(entry.id) ?? null;
      if (refused !== null) return { id: entry.id, seq: null, refused };
      if (!this.taken.some((one) => one.entry.id === entry.id)) this.taken.push({ interview, entry });
      const seq = this.taken.findIndex((one) => one.entry.id === entry.id) + 1;
      return { id: entry.id, seq, refused: null };
    });
    return { results, entries: [] as Entry[], live: LIVE };
  }

  ids(): Id[] {
    return this.taken.map((one) => one.entry.id);
  }
}

/** All tabs of one browser: one channel, one lock, one database. */
class Browser {
  readonly #hearers = new Set<{ tab: object; hear: (word: Word) => void }>();
  #queue: Promise<unknown> = Promise.resolve();
  busy = 0;
  most = 0;

  wire(): Wire {
    const tab = {};
    return {
      post: (word) => {
        for (const one of this.#hearers) if (one.tab !== tab) one.hear(word);
      },
      listen: (hear) => {
        const one = { tab, hear };
        this.#hearers.add(one);
        return () => this.#hearers.delete(one);
      },
    };
  }

  alone = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = this.#queue.then(async () => {
      this.busy += 1;
      this.most = Math.max(this.most, this.busy);
      try {
        return await work();
      } finally {
        this.busy -= 1;
      }
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  };
}

let server: Server;
let browser: Browser;
let name = 0;
let store: Store;
let timers: { run: () => void; delay_ms: number }[];
let open: Outbox[];

beforeEach(async () => {
  server = new Server();
  browser = new Browser();
  name += 1;
  store = await openStore(`test-${name}`);
  timers = [];
  open = [];
});
afterEach(() => {
  for (const one of open) one.close();
});

function tab(parts: { person?: Id; store?: Store; deliver?: Deliver; now?: () => number } = {}): Outbox {
  const outbox = new Outbox({
    now: parts.now ?? Date.now,
    person: parts.person ?? ANNA,
    store: parts.store ?? store,
    deliver: parts.deliver ?? server.deliver,
    alone: browser.alone,
    wire: browser.wire(),
    later: (run, delay_ms) => {
      const timer = { run, delay_ms };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  });
  open.push(outbox);
  return outbox;
}

const waiting = (outbox: Outbox) => outbox.snapshot().kept.map((one) => one.entry.id);

test("what is kept is sent in order and then forgotten", async () => {
  const outbox = tab();
  await outbox.keep(FIRST, [note("a"), note("b")]);
  await outbox.keep(FIRST, [note("c")]);
  await outbox.drain();
  expect(server.ids()).toEqual(["a", "b", "c"]);
  expect(waiting(outbox)).toEqual([]);
  expect(outbox.snapshot().sending).toBe("idle");
});

test("the clock's start and going on say how long they waited, by this machine's own watch", async () => {
  let now = 1_000_000;
  const outbox = tab({ now: () => now });
  server.down = true;
  await outbox.keep(FIRST, [{ id: "s", at_ms: 0, body: { kind: "start" } }, note("n")]);
  await outbox.drain();
  now += 240_000;
  await outbox.keep(FIRST, [{ id: "r", at_ms: 0, body: { kind: "resume" } }]);
  server.down = false;
  await outbox.drain();
  expect(server.taken.map(({ entry }) => [entry.id, entry.waited_ms])).toEqual([["s", 240_000], ["n", undefined], ["r", 0]]);
  // A watch that was set back makes no start of the future.
  server.down = true;
  await outbox.keep(FIRST, [{ id: "b", at_ms: 0, body: { kind: "resume" } }]);
  await outbox.drain();
  now -= 999_000;
  server.down = false;
  await outbox.drain();
  expect(server.taken.at(-1)?.entry.waited_ms).toBe(0);
});

test("an entry is on the disk before anything is sent", async () => {
  const seen: string[][] = [];
  const outbox = tab({
    deliver: async (interview, entries) => {
      seen.push((await store.list(ANNA)).map((one) => one.entry.id));
      return server.deliver(interview, entries);
    },
  });
  await outbox.keep(FIRST, [note("a")]);
  await outbox.drain();
  expect(seen[0]).toEqual(["a"]);
});

test("without a network everything waits, with longer and longer pauses, and then goes in order", async () => {
  server.down = true;
  const outbox = tab();
  await outbox.keep(FIRST, [note("a")]);
  await outbox.drain();
  await outbox.keep(FIRST, [note("b")]);
  await outbox.drain();
  expect(server.ids()).toEqual([]);
  expect(waiting(outbox)).toEqual(["a", "b"]);
  expect(outbox.snapshot().sending).toBe("unreachable");
  expect(timers).toHaveLength(1);
  expect(timers[0]?.delay_ms).toBeGreaterThan(1000);

  server.down = false;
  await outbox.drain();
  expect(server.ids()).toEqual(["a", "b"]);
  expect(timers).toHaveLength(0);
});

test("a lost answer leads to a second sending and to one entry", async () => {
  server.script = ["lost"];
  const outbox = tab();
  await outbox.keep(FIRST, [note("a")]);
  await outbox.drain();
  await outbox.drain();
  expect(server.requests.filter((ids) => ids.includes("a")).length).toBeGreaterThan(1);
  expect(server.ids()).toEqual(["a"]);
  expect(waiting(outbox)).toEqual([]);
});

test("keeping the same id twice keeps it once", async () => {
  server.down = true;
  const outbox = tab();
  await outbox.keep(FIRST, [note("a")]);
  await outbox.keep(FIRST, [note("a")]);
  expect(waiting(outbox)).toEqual(["a"]);
});

test("a tab that was killed leaves its entries to the next one", async () => {
  const dead = tab({ deliver: async () => ({ kind: "unreachable" }) });
  await dead.keep(FIRST, [note("a"), note("b")]);
  await dead.drain();
  dead.close();

  const next = tab({ store: await openStore(`test-${name}`) });
  await next.open();
  expect(server.ids()).toEqual(["a", "b"]);
});

test("of two tabs only one sends at a time, and both see the outbox empty", async () => {
  const [one, two] = [tab(), tab()];
  await Promise.all([
    one.keep(FIRST, [note("a")]),
    two.keep(FIRST, [note("b")]),
    one.keep(FIRST, [note("c")]),
    two.keep(SECOND, [note("d")]),
  ]);
  await Promise.all([one.drain(), two.drain()]);
  await Promise.all([one.drain(), two.drain()]);
  expect(browser.most).toBe(1);
  expect(server.ids().toSorted()).toEqual(["a", "b", "c", "d"]);
  expect(server.requests.flat()).toHaveLength(4);
  await expect.poll(() => [waiting(one), waiting(two)]).toEqual([[], []]);
});

test("an answer reaches the takers of every tab before the entry leaves the outbox", async () => {
  const [one, two] = [tab(), tab()];
  const order: string[] = [];
  one.onAnswer(() => order.push(`one:${waiting(one).join()}`));
  two.onAnswer((interview) => order.push(`two:${interview}`));
  await one.keep(FIRST, [note("a")]);
  await one.drain();
  expect(order).toEqual(["one:a", `two:${FIRST}`]);
});

test("a refused entry stays, with its reason, and does not hold up the others", async () => {
  server.refuse.set("b", "The interview has ended.");
  const outbox = tab();
  await outbox.keep(FIRST, [note("a"), note("b"), note("c")]);
  await outbox.drain();
  expect(server.ids()).toEqual(["a", "c"]);
  expect(outbox.snapshot().kept).toMatchObject([{ entry: { id: "b" }, refused: "The interview has ended." }]);

  await outbox.drain();
  expect(server.requests.flat().filter((id) => id === "b")).toHaveLength(1);

  server.refuse.clear();
  await outbox.retry("b");
  expect(server.ids()).toEqual(["a", "c", "b"]);
  expect(waiting(outbox)).toEqual([]);
});

test("a refused entry goes only when the person throws it away", async () => {
  server.refuse.set("a", "no");
  const outbox = tab();
  await outbox.keep(FIRST, [note("a")]);
  await outbox.drain();
  await outbox.discard("a");
  expect(waiting(outbox)).toEqual([]);
  expect(await store.list(ANNA)).toEqual([]);
});

test("a refused request is taken apart until only the bad entry is refused", async () => {
  const outbox = tab({
    deliver: (interview, entries) =>
      entries.some((entry) => entry.id === "b")
        ? Promise.resolve({ kind: "refused", reason: "unreadable" })
        : server.deliver(interview, entries),
  });
  await outbox.keep(FIRST, [note("a"), note("b"), note("c")]);
  await outbox.drain();
  expect(server.ids()).toEqual(["a", "c"]);
  expect(outbox.snapshot().kept).toMatchObject([{ entry: { id: "b" }, refused: "unreadable" }]);
});

test("when somebody else is signed in nothing is sent under their name", async () => {
  server.script = ["signed_out", "signed_out"];
  const outbox = tab();
  await outbox.keep(FIRST, [note("a")]);
  await outbox.drain();
  expect(outbox.snapshot().sending).toBe("signed_out");
  expect(waiting(outbox)).toEqual(["a"]);

  const other = tab({ person: "person-ben" });
  await other.open();
  expect(waiting(other)).toEqual([]);
  expect(server.ids()).toEqual([]);
});

test("an answer that decides nothing is not asked for again at once", async () => {
  let asked = 0;
  const outbox = tab({
    deliver: async () => {
      asked += 1;
      return { kind: "answered", result: { results: [], entries: [], live: LIVE } };
    },
  });
  await outbox.keep(FIRST, [note("a")]);
  await outbox.drain();
  expect(asked).toBeLessThanOrEqual(2);
  expect(waiting(outbox)).toEqual(["a"]);
});

test("a database that fails loses nothing: the entry goes on in memory, and that is said", async () => {
  const broken = new Memory();
  broken.keep = () => Promise.reject(new Error("QuotaExceededError"));
  server.down = true;
  const outbox = tab({ store: new Spilling(broken) });
  await outbox.keep(FIRST, [note("a")]);
  await outbox.drain();
  expect(outbox.snapshot().durable).toBe(false);
  expect(waiting(outbox)).toEqual(["a"]);
  server.down = false;
  await outbox.drain();
  expect(server.ids()).toEqual(["a"]);
});

test("law: whatever the network does, every entry arrives once and in order", async () => {
  const kinds = ["ok", "down", "lost"] as const;
  for (let seed = 1; seed <= 60; seed += 1) {
    server = new Server();
    browser = new Browser();
    store = await openStore(`law-${seed}`);
    let random = seed;
    const draw = (below: number) => {
      random = (random * 48_271) % 2_147_483_647;
      return random % below;
    };
    server.script = Array.from({ length: 12 }, () => kinds[draw(3)] ?? "ok");
    let current = tab();
    const sent: string[] = [];
    for (let step = 0; step < 12; step += 1) {
      const ids = Array.from({ length: 1 + draw(3) }, (_, i) => `s${step}-${i}`);
      sent.push(...ids);
      await current.keep(FIRST, ids.map((id) => note(id)));
      if (draw(3) === 0) {
        await current.drain();
        current.close();
        current = tab({ store: await openStore(`law-${seed}`) });
      }
    }
    server.script = [];
    await current.drain();
    await current.drain();
    expect(server.ids(), `seed ${seed}`).toEqual(sent);
    expect(await store.list(ANNA), `seed ${seed}`).toEqual([]);
    current.close();
  }
});
