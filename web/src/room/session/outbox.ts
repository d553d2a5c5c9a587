// The way of a command to the room: given its id once, kept in this browser, sent in order and again until it is answered.
// What was refused stays beside the place where it was made until it is put away. Knows no page and no HTTP.
import { v7 as uuidv7 } from "uuid";
import type { Body, Result, Sent } from "../wire";

export interface Kept {
  sent: Sent;
  /** Where on the page it was made, such as `decision wait`: its refusal is shown there. */
  place: string;
  /** Why the room does not take it; null while it waits. */
  rejected: string | null;
}

export type Delivered =
  | { kind: "answered"; results: Result[] }
  /** No answer, or none that says anything about the commands: the same again later. */
  | { kind: "unreachable" }
  /** The whole request was refused. */
  | { kind: "refused"; reason: string };

export interface OutboxView {
  kept: readonly Kept[];
  unreachable: boolean;
}

interface Parts {
  deliver: (commands: Sent[]) => Promise<Delivered>;
  seen_v: () => number;
  /** What outlives a reload; absent where a browser keeps nothing. */
  store?: { read(): string | null; write(text: string | null): void };
  now?: () => number;
  later?: (run: () => void, delay_ms: number) => () => void;
}

const BATCH = 20;
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** Of these only the newest matters. */
const LATEST_ONLY = new Set<Body["kind"]>(["look"]);

export class RoomOutbox {
  readonly #parts: Required<Omit<Parts, "store">> & Pick<Parts, "store">;
  #view: OutboxView;
  #listeners = new Set<() => void>();
  #takers = new Set<(result: Result) => void>();
  #sending = false;
  #again = false;
  /** Worth another try at once, even when the one under way fails. */
  #promising = false;
  #failures = 0;
  #callOff: (() => void) | null = null;
  #last_ms = 0;
  /** On their way: these may not be replaced any more. */
  #out = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = {
      now: Date.now,
      later: (run, delay_ms) => {
        const timer = setTimeout(run, delay_ms);
        return () => clearTimeout(timer);
      },
      ...parts,
    };
    this.#view = { kept: restore(parts.store?.read() ?? null), unreachable: false };
  }

  view = (): OutboxView => this.#view;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  onResult(taker: (result: Result) => void): () => void {
    this.#takers.add(taker);
    return () => this.#takers.delete(taker);
  }

  /** Keeps the command and returns its id; sending goes on behind. A new try puts the place's old refusal away. */
  send(place: string, body: Body, words?: string): string {
    this.#last_ms = Math.max(this.#last_ms + 1, this.#parts.now());
    const id = uuidv7({ msecs: this.#last_ms });
    const sent: Sent = { id, seen_v: Math.round(this.#parts.seen_v()), body, ...(words === undefined ? {} : { words }) };
    const stays = (one: Kept) => {
      if (one.rejected !== null) return one.place !== place;
      return !(LATEST_ONLY.has(body.kind) && one.sent.body.kind === body.kind && !this.#out.has(one.sent.id));
    };
    this.#show({ kept: [...this.#view.kept.filter(stays), { sent, place, rejected: null }] });
    void this.drain();
    return id;
  }

  /** Puts a refusal away. */
  dismiss(id: string): void {
    this.#show({ kept: this.#view.kept.filter((one) => one.sent.id !== id || one.rejected === null) });
  }

  /** Something happened after which trying is promising again. */
  wake(): void {
    this.#failures = 0;
    this.#promising = this.#sending;
    void this.drain();
  }

  close(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#listeners.clear();
    this.#takers.clear();
  }

  async drain(): Promise<void> {
    this.#callOff?.();
    this.#callOff = null;
    if (this.#sending) {
      this.#again = true;
      return;
    }
    this.#sending = true;
    try {
      await this.#sendAll();
    } finally {
      this.#sending = false;
      this.#out.clear();
    }
    const again = this.#again && (this.#promising || !this.#view.unreachable);
    this.#again = false;
    this.#promising = false;
    if (again) await this.drain();
  }

  async #sendAll(): Promise<void> {
    let batch = BATCH;
    for (;;) {
      const run = this.#view.kept.filter((one) => one.rejected === null).slice(0, batch);
      if (run.length === 0) break;
      this.#out = new Set(run.map((one) => one.sent.id));
      const outcome = await this.#parts.deliver(run.map((one) => one.sent)).catch((): Delivered => ({ kind: "unreachable" }));
      if (outcome.kind === "unreachable") return this.#fail();
      if (outcome.kind === "refused") {
        // One bad command must not hold back the good ones beside it: find it by sending one by one.
        if (run.length > 1) batch = 1;
        else this.#settle(run.map((one) => ({ id: one.sent.id, seq: null, v: null, rejected: outcome.reason })));
      } else {
        const asked = new Set(run.map((one) => one.sent.id));
        const said = outcome.results.filter((one) => asked.has(one.id));
        // An answer about none of them would have us ask for ever.
        if (said.length === 0) return this.#fail();
        this.#settle(said);
      }
      this.#failures = 0;
    }
    this.#show({ unreachable: false });
  }

  #settle(results: readonly Result[]): void {
    const said = new Map(results.map((one) => [one.id, one]));
    const kept = this.#view.kept.flatMap((one): Kept[] => {
      const result = said.get(one.sent.id);
      if (!result) return [one];
      // Where the candidate looks is no deed of theirs: its refusal is nobody's concern.
      return result.rejected === null || LATEST_ONLY.has(one.sent.body.kind) ? [] : [{ ...one, rejected: result.rejected }];
    });
    this.#show({ kept, unreachable: false });
    for (const result of results) for (const taker of [...this.#takers]) taker(result);
  }

  #fail(): void {
    const pause = PAUSES_MS[Math.min(this.#failures, PAUSES_MS.length - 1)] ?? 15_000;
    this.#failures += 1;
    this.#show({ unreachable: true });
    this.#callOff = this.#parts.later(() => void this.drain(), pause);
  }

  #show(change: Partial<OutboxView>): void {
    this.#view = { ...this.#view, ...change };
    if (change.kept) this.#parts.store?.write(change.kept.length === 0 ? null : JSON.stringify(change.kept));
    for (const listener of [...this.#listeners]) listener();
  }
}

function restore(text: string | null): Kept[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? (found as Kept[]).filter((one) => typeof one?.sent?.id === "string" && one.sent.body !== undefined) : [];
  } catch {
    return [];
  }
}
