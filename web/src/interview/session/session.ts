// One interview in one tab: what the server said, by answer or by stream, with this person's unsent
// entries over it. Components read `view()`; every change goes through `put`.
import { v7 as uuidv7 } from "uuid";
import type { Body, EntriesResult, Entry, Id, Interview, Live, Moment, NewEntry } from "../../api/types";
import type { Outbox, Sending } from "../outbox/outbox";
import { ahead, clockOf, elapsed, type Clock } from "../record/clock";
import { fold, type Kept, type Row } from "../record/fold";
import type { StreamState } from "./stream";

export interface View {
  /** The whole record, oldest first, withdrawn entries included. */
  rows: readonly Row[];
  clock: Clock;
  live: Live;
  /** Follow-ups that fit now, the next one first, without those asked a moment ago. */
  relevant: readonly { area: string; follow_up: string }[];
  /** Material on the candidate's screen, unsent changes included. */
  shown: readonly string[];
  /** How many of this interview's entries wait to be sent. */
  waiting: number;
  refused: readonly Kept[];
  sending: Sending;
  durable: boolean;
  stream: StreamState;
  /** The moment of the last entry of this person that the server has; null when it has none. */
  saved_ms: number | null;
}

interface Parts {
  interview: Interview;
  me: Id;
  outbox: Outbox;
  now?: () => number;
}

export class Session {
  readonly id: Id;
  readonly me: Id;
  readonly #outbox: Outbox;
  readonly #now: () => number;
  readonly #entries = new Map<Id, { entry: Entry; head: number }>();
  #live: Live;
  #received_ms: number;
  #complete = 0;
  #stream: StreamState = "connecting";
  #view: View | null = null;
  #listeners = new Set<() => void>();
  #last_ms = 0;
  /** The moment of the room beside which this interview is held; null where there is none. */
  moment: () => Moment | null = () => null;

  constructor({ interview, me, outbox, now = Date.now }: Parts) {
    this.id = interview.id;
    this.me = me;
    this.#outbox = outbox;
    this.#now = now;
    this.#live = interview.live;
    this.#received_ms = now();
    this.mergeAll(interview.entries, interview.live);
  }

  /** Follows the outbox; returns the way to stop. */
  follow(): () => void {
    const off = [
      this.#outbox.onAnswer((interview, result: EntriesResult) => {
        if (interview === this.id) this.merge(result.entries, result.live);
      }),
      this.#outbox.subscribe(() => this.#changed()),
    ];
    this.#changed();
    return () => off.forEach((one) => one());
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  view = (): View => (this.#view ??= this.#look());

  /** The interview's clock now, in whole milliseconds; never earlier than it was told before. */
  elapsed = (): number => {
    const { clock } = this.view();
    return Math.round(elapsed(clock, this.#now()));
  };

  /** Up to here nothing is missing; the stream asks for what is newer. */
  complete = (): number => this.#complete;

  /** What came with an answer to this browser: not all that happened before it need be known. */
  merge(entries: readonly Entry[], live: Live): void {
    this.#take(entries, live);
    this.#changed();
  }

  /** What came by the stream, or as the whole interview: nothing up to its head is missing. */
  mergeAll(entries: readonly Entry[], live: Live): void {
    this.#complete = Math.max(this.#complete, live.seq);
    this.merge(entries, live);
  }

  streamIs(state: StreamState): void {
    if (state === this.#stream) return;
    this.#stream = state;
    this.#changed();
  }

  /** Keeps entries at a moment (now when left out) and returns their ids; sending goes on behind. */
  put(bodies: readonly Body[], at_ms: number = this.elapsed(), moment: Moment | null = this.moment()): { ids: Id[]; kept: Promise<void> } {
    const entries: NewEntry[] = bodies.map((body) => ({ id: this.#id(), at_ms, body, ...(moment && { moment }) }));
    return { ids: entries.map((entry) => entry.id), kept: this.#outbox.keep(this.id, entries) };
  }

  /** Ids stand in the order of making, also within a millisecond and when the wall clock steps back. */
  #id(): Id {
    this.#last_ms = Math.max(this.#last_ms + 1, this.#now());
    return uuidv7({ msecs: this.#last_ms });
  }

  #take(entries: readonly Entry[], live: Live): void {
    for (const entry of entries) {
      const before = this.#entries.get(entry.id);
      // An answer that was overtaken on its way carries an older state of the entry.
      if (!before || before.head <= live.seq) this.#entries.set(entry.id, { entry, head: live.seq });
    }
    if (live.seq > this.#live.seq || (live.seq === this.#live.seq && Date.parse(live.as_of) >= Date.parse(this.#live.as_of))) {
      this.#live = live;
      this.#received_ms = this.#now();
    }
  }

  #changed(): void {
    this.#view = null;
    for (const listener of [...this.#listeners]) listener();
  }

  #look(): View {
    const box = this.#outbox.snapshot();
    const kept = box.kept.filter((one) => one.interview === this.id);
    const unsent = kept.filter((one) => one.refused === null && !this.#entries.has(one.entry.id));
    const bodies = unsent.map(({ entry, kept_at }) => ({ at_ms: entry.at_ms, kept_at, body: entry.body }));
    const rows = fold([...this.#entries.values()].map((one) => one.entry), kept);
    return {
      rows,
      clock: ahead(clockOf(this.#live, this.#received_ms), bodies),
      live: this.#live,
      relevant: this.#live.relevant.filter((one) => !bodies.some(({ body }) => asks(body, one))),
      shown: bodies.reduce(showing, this.#live.shown),
      waiting: unsent.length,
      refused: kept.filter((one) => one.refused !== null),
      sending: box.sending,
      durable: box.durable,
      stream: this.#stream,
      saved_ms: lastSaved(rows, this.me),
    };
  }
}

function asks(body: Body, one: { area: string; follow_up: string }): boolean {
  return body.kind === "asked" && body.area === one.area && body.follow_up === one.follow_up;
}

function showing(shown: string[], { body }: { body: Body }): string[] {
  if (body.kind === "show") return shown.includes(body.material) ? shown : [...shown, body.material];
  if (body.kind === "hide") return shown.filter((one) => one !== body.material);
  return shown;
}

function lastSaved(rows: readonly Row[], me: Id): number | null {
  let last: Row | null = null;
  for (const row of rows) {
    if (row.who === me && row.seq !== null && !row.waiting && (last?.seq ?? 0) < row.seq) last = row;
  }
  return last?.at_ms ?? null;
}
