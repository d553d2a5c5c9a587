// The way of an entry to the server: kept in this browser first, sent in order, forgotten only when
// the server has taken it. Knows no page and no HTTP; who delivers is handed in.
import type { EntriesResult, Id, NewEntry } from "../../api/types";
import type { Kept } from "../record/fold";
import type { Store } from "./db";

export type Outcome =
  | { kind: "answered"; result: EntriesResult }
  /** No answer, or none that says anything about the entries: the same again later. */
  | { kind: "unreachable" }
  /** Nobody, or somebody else, is signed in here: sending now would put words into their mouth. */
  | { kind: "signed_out" }
  /** The whole request was refused. */
  | { kind: "refused"; reason: string };

export type Deliver = (interview: Id, entries: NewEntry[]) => Promise<Outcome>;

/** What one tab tells the others. */
export type Word =
  | { kind: "changed" }
  | { kind: "answered"; interview: Id; result: EntriesResult }
  | { kind: "draft"; key: string };

export interface Wire {
  post(word: Word): void;
  listen(hear: (word: Word) => void): () => void;
}

export interface Parts {
  person: Id;
  store: Store;
  deliver: Deliver;
  /** Runs the work when no other tab of this browser is sending for this person. */
  alone: <T>(work: () => Promise<T>) => Promise<T>;
  wire: Wire;
  now?: () => number;
  /** Calls back once after the delay and returns a way to call it off. */
  later?: (run: () => void, delay_ms: number) => () => void;
}

export type Sending = "idle" | "sending" | "unreachable" | "signed_out";

export interface Snapshot {
  /** Waiting and refused entries of all interviews, in the order of keeping. */
  kept: readonly Kept[];
  sending: Sending;
  durable: boolean;
}

const BATCH = 50;
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

export class Outbox {
  readonly #parts: Required<Parts>;
  #snapshot: Snapshot;
  /** Entries whose write to the store is not finished; shown at once, sent only afterwards. */
  #writing: Kept[] = [];
  #listeners = new Set<() => void>();
  #takers = new Set<(interview: Id, result: EntriesResult) => void>();
  #draining: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #callOff: (() => void) | null = null;
  readonly #hangUp: () => void;

  constructor(parts: Parts) {
    this.#parts = {
      now: Date.now,
      later: (run, delay_ms) => {
        const timer = setTimeout(run, delay_ms);
        return () => clearTimeout(timer);
      },
      ...parts,
    };
    this.#snapshot = { kept: [], sending: "idle", durable: parts.store.durable };
    this.#hangUp = parts.wire.listen((word) => {
      if (word.kind === "answered") this.#tell(word.interview, word.result);
      if (word.kind !== "draft") void this.#read();
    });
  }

  snapshot = (): Snapshot => this.#snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Told of every answer, of other tabs too, before the entries leave the outbox. */
  onAnswer(taker: (interview: Id, result: EntriesResult) => void): () => void {
    this.#takers.add(taker);
    return () => this.#takers.delete(taker);
  }

  /** Reads what earlier tabs left behind, and sends it. */
  async open(): Promise<void> {
    await this.#read();
    await this.drain();
  }

  close(): void {
    this.#hangUp();
    this.#callOff?.();
    this.#callOff = null;
    this.#listeners.clear();
    this.#takers.clear();
  }

  /** Resolves when the entry is kept; sending goes on behind. */
  async keep(interview: Id, entries: readonly NewEntry[]): Promise<void> {
    const fresh = entries.map((entry): Kept => ({
      n: Number.MAX_SAFE_INTEGER,
      person: this.#parts.person,
      interview,
      entry,
      kept_at: this.#parts.now(),
      refused: null,
    }));
    this.#writing = [...this.#writing, ...fresh];
    this.#show({ kept: [...this.#snapshot.kept, ...fresh] });
    for (const { n: _, ...one } of fresh) await this.#parts.store.keep(one);
    this.#writing = this.#writing.filter((one) => !fresh.includes(one));
    await this.#read();
    this.#parts.wire.post({ kind: "changed" });
    void this.drain();
  }

  /** Something happened after which trying is promising again: the network came back, a page woke up. */
  wake(): void {
    this.#failures = 0;
    void this.drain();
  }

  /** Sends everything that waits. Safe to call at any time and from any tab. */
  drain(): Promise<void> {
    this.#callOff?.();
    this.#callOff = null;
    if (this.#draining) {
      this.#again = true;
      return this.#draining;
    }
    this.#draining = this.#parts
      .alone(() => this.#sendAll())
      .catch(() => this.#fail("unreachable"))
      .then(() => {
        this.#draining = null;
        const again = this.#again && this.#snapshot.sending === "idle";
        this.#again = false;
        // After a failure the timer tries again; here only what came too late for this run goes on.
        return again ? this.drain() : undefined;
      });
    return this.#draining;
  }

  /** Sends a refused entry once more. */
  async retry(id: Id): Promise<void> {
    await this.#parts.store.refuse(id, null);
    await this.#read();
    this.#parts.wire.post({ kind: "changed" });
    await this.drain();
  }

  /** The person's own decision about a refused entry, never the program's. */
  async discard(id: Id): Promise<void> {
    await this.#parts.store.drop([id]);
    await this.#read();
    this.#parts.wire.post({ kind: "changed" });
  }

  async #sendAll(): Promise<void> {
    let batch = BATCH;
    for (;;) {
      const waiting = (await this.#read()).filter((one) => one.refused === null);
      const first = waiting[0];
      if (!first) break;
      this.#show({ sending: "sending" });
      // A run of one interview's entries: order is kept, and one request carries one address.
      const stop = waiting.findIndex((one) => one.interview !== first.interview);
      const run = waiting.slice(0, stop === -1 ? undefined : stop).slice(0, batch);
      const outcome = await this.#parts.deliver(first.interview, run.map((one) => this.#aged(one)));
      if (outcome.kind === "unreachable" || outcome.kind === "signed_out") return this.#fail(outcome.kind);
      if (outcome.kind === "refused") {
        // One bad entry must not hold back the good ones beside it: find it by sending one by one.
        if (run.length > 1) batch = 1;
        else await this.#parts.store.refuse(first.entry.id, outcome.reason);
      } else if (!(await this.#settle(first.interview, run, outcome.result))) {
        return this.#fail("unreachable");
      }
      this.#failures = 0;
    }
    this.#show({ sending: "idle" });
  }

  /** The clock runs from when its button was pressed, however long the news of it waited here. */
  #aged({ entry, kept_at }: Kept): NewEntry {
    const { kind } = entry.body;
    if (kind !== "start" && kind !== "resume") return entry;
    return { ...entry, waited_ms: Math.max(0, this.#parts.now() - kept_at) };
  }

  /** True when the answer decided about at least one entry; otherwise we would ask for ever. */
  async #settle(interview: Id, run: readonly Kept[], result: EntriesResult): Promise<boolean> {
    const said = new Map(result.results.map((one) => [one.id, one]));
    const taken: Id[] = [];
    let decided = 0;
    this.#tell(interview, result);
    for (const { entry } of run) {
      const one = said.get(entry.id);
      if (!one) continue;
      decided += 1;
      if (one.refused === null) taken.push(entry.id);
      else await this.#parts.store.refuse(entry.id, one.refused);
    }
    await this.#parts.store.drop(taken);
    this.#parts.wire.post({ kind: "answered", interview, result });
    return decided > 0;
  }

  #fail(why: "unreachable" | "signed_out"): void {
    const pause = PAUSES_MS[Math.min(this.#failures, PAUSES_MS.length - 1)] ?? 30_000;
    this.#failures += 1;
    this.#callOff?.();
    this.#callOff = this.#parts.later(() => void this.drain(), pause);
    this.#show({ sending: why });
  }

  async #read(): Promise<readonly Kept[]> {
    const stored = await this.#parts.store.list(this.#parts.person);
    const known = new Set(stored.map((one) => one.entry.id));
    this.#show({ kept: [...stored, ...this.#writing.filter((one) => !known.has(one.entry.id))] });
    return stored;
  }

  #tell(interview: Id, result: EntriesResult): void {
    for (const taker of this.#takers) taker(interview, result);
  }

  #show(change: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change, durable: this.#parts.store.durable };
    for (const listener of this.#listeners) listener();
  }
}
