// One room in one tab: the live stream laid over what is known, the outbox, and the clock in between. Components read it
// through the hooks beside this file.
import { type LineState, live } from "../../shared/live";
import { remembered } from "../../shared/store";
import type { Body, Frame, Hello } from "../wire";
import { RoomApi } from "./api";
import { onward } from "./clock";
import { RoomOutbox } from "./outbox";
import { greet, type LineNow, merge, type RoomState } from "./state";

interface Parts {
  /** Such as `/api/takes/t1`, or `/api/c/{token}/room`. */
  base: string;
  /** Under which unsent commands are kept; the base when left out. A secret address is not kept: pass a name. */
  keptAs?: string;
  /** Only looks: nothing is ever sent. */
  silent?: boolean;
  /** The address stays the same when another take begins: goes on there. Otherwise whoever opened the room is told. */
  follows?: boolean;
  onGone?: (why: string) => void;
  /** The moment that is looked at, instead of now. */
  at?: () => number | null;
  /** The line broke, each time: nobody may be signed in any more, which a stream cannot say. */
  onLost?: () => void;
  now?: () => number;
}

/** A room that runs speaks several times a second, one that stands every 15 s. */
const RUNNING_SILENCE_MS = 8_000;
const STANDING_SILENCE_MS = 40_000;

const GONE: Record<string, string> = {
  "signed-out": "You are signed out here; sign in again to go on.",
  "no-longer-yours": "This room is no longer yours to see.",
  "link-closed": "This link is no longer open.",
  "another-take": "Another take of this room has begun.",
};

export class RoomSession {
  readonly api: RoomApi;
  readonly outbox: RoomOutbox;
  readonly silent: boolean;
  readonly #now: () => number;
  readonly #follows: boolean;
  readonly #onGone: (why: string) => void;
  readonly #onLost: () => void;
  #state: RoomState | null = null;
  #line: LineNow = { state: "connecting", was_lost: false, gone: null };
  #received_ms = 0;
  #shown: number | null = null;
  #seq = 0;
  #listeners = new Set<() => void>();

  constructor({
    base,
    keptAs = base,
    silent = false,
    follows = false,
    onGone = () => undefined,
    onLost = () => undefined,
    at,
    now = () => performance.now(),
  }: Parts) {
    this.#now = now;
    this.#follows = follows;
    this.#onGone = onGone;
    this.#onLost = onLost;
    this.silent = silent;
    this.api = new RoomApi(base, at);
    const key = `room.${keptAs}`;
    this.outbox = new RoomOutbox({
      deliver: this.api.deliver,
      seen_v: this.v,
      store: { read: () => remembered.read(key), write: (text) => remembered.write(key, text) },
    });
    this.outbox.onResult((result) => this.#saw(result.seq));
  }

  state = (): RoomState | null => this.#state;
  line = (): LineNow => this.#line;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Virtual time to show now; never earlier than what was shown before. */
  v = (): number => {
    const state = this.#state;
    if (!state) return 0;
    const v = onward({ clock: state.clock, received_ms: this.#received_ms }, this.#shown, this.#now());
    this.#shown = Math.min(v, Math.max(state.hello.ends, state.clock.v));
    return this.#shown;
  };

  /** Place of the newest entry of the room's log that this page knows. */
  seq = (): number => this.#seq;

  send(place: string, body: Body, words?: string): void {
    if (!this.silent) this.outbox.send(place, body, words);
  }

  /** Follows the room; returns the way to stop. */
  follow(): () => void {
    let stop = () => {};
    const listen = () =>
      live({
        url: () => this.api.live(this.#seq),
        on: {
          hello: (data) => this.hello(JSON.parse(data) as Hello),
          frame: (data) => this.frame(JSON.parse(data) as Frame),
          gone: (data) => {
            const { why } = JSON.parse(data) as { why: string };
            stop();
            if (why === "another-take" && this.#follows) {
              this.#seq = 0;
              stop = listen();
            } else this.#gone(why);
          },
        },
        state: (state) => this.#lineIs(state),
        silence_ms: () => (this.#state?.clock.running ? RUNNING_SILENCE_MS : STANDING_SILENCE_MS),
      });
    stop = listen();
    const wake = () => this.outbox.wake();
    window.addEventListener("online", wake);
    void this.outbox.drain();
    return () => {
      window.removeEventListener("online", wake);
      stop();
    };
  }

  hello(hello: Hello): void {
    if (this.#state && this.#state.hello.take.id !== hello.take.id) {
      this.#shown = null;
      this.#seq = 0;
    }
    this.#state = greet(this.#state, hello);
    this.#changed();
  }

  frame(frame: Frame): void {
    if (!this.#state) return;
    this.#state = merge(this.#state, frame);
    if (frame.clock) this.#received_ms = this.#now();
    for (const mark of frame.marks ?? []) this.#saw(mark.seq);
    this.#changed();
  }

  #saw(seq: number | null): void {
    if (seq !== null) this.#seq = Math.max(this.#seq, seq);
  }

  #gone(why: string): void {
    this.#line = { ...this.#line, state: "lost", gone: GONE[why] ?? why };
    this.#changed();
    this.#onGone(why);
  }

  #lineIs(state: LineState): void {
    if (state === "lost") this.#onLost();
    if (state === this.#line.state || this.#line.gone !== null) return;
    const back = state === "open" && this.#line.state !== "open";
    // Trying again is no news to people: it is lost until it is back.
    if (state === "connecting" && this.#line.was_lost) return;
    this.#line = { ...this.#line, state, was_lost: this.#line.was_lost || state === "lost" };
    if (back) this.outbox.wake();
    this.#changed();
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
