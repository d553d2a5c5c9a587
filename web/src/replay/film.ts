// The player of a finished room: where one is, whether it plays and how fast, and which moment is asked for next. It knows
// nothing of what a moment looks like; whoever asks for one is told by `show`.

export interface FilmState {
  /** v that the reader is at. */
  v: number;
  playing: boolean;
  speed: number;
  /** Asked for and not here yet. */
  waits: boolean;
  /** Why the last moment could not be had. */
  error: string | null;
}

interface Parts<Frame> {
  from: number;
  to: number;
  /** Where it opens. */
  at: number;
  speed: number;
  ask: (v: number) => Promise<Frame>;
  show: (frame: Frame, v: number) => void;
  /** Milliseconds of any steady clock. */
  now?: () => number;
  later?: (run: () => void, ms: number) => () => void;
}

/** A few moments a second are a moving picture of figures; more would only keep the server busy. */
const EVERY_MS = 250;
/** While an answer is late the picture's clock does not run away from the picture by more than this. */
const AHEAD_MS = 1_000;

export const FILM_SPEEDS = [0.5, 1, 2, 4, 8, 16] as const;

const wait = (run: () => void, ms: number) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

export class Film<Frame> {
  readonly from: number;
  #to: number;
  #state: FilmState;
  #anchor = { v: 0, at_ms: 0 };
  /** The moment of the newest picture, and when it was shown. */
  #shown = { v: 0, at_ms: 0 };
  #asking = false;
  #wanted: number | null = null;
  #cancel: (() => void) | null = null;
  #closed = false;
  readonly #parts: Required<Parts<Frame>>;
  readonly #listeners = new Set<() => void>();

  constructor(parts: Parts<Frame>) {
    this.#parts = { now: () => performance.now(), later: wait, ...parts };
    this.from = parts.from;
    this.#to = parts.to;
    const v = this.#inside(parts.at);
    this.#state = { v, playing: false, speed: parts.speed, waits: false, error: null };
    this.#want(v);
  }

  get to(): number {
    return this.#to;
  }

  state = (): FilmState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** v now: carried on by the clock while it plays, and never far beyond the picture that is shown. */
  v = (): number => {
    const { playing, speed, v } = this.#state;
    if (!playing) return v;
    const now_ms = this.#parts.now();
    const carried = this.#anchor.v + (now_ms - this.#anchor.at_ms) * 1e6 * speed;
    const limit = Math.max(this.#anchor.v, this.#shown.v) + AHEAD_MS * 1e6 * speed;
    return this.#inside(Math.min(carried, limit));
  };

  play = (): void => {
    if (this.#state.playing || this.#closed) return;
    // At the end, playing means from the beginning.
    const v = this.#state.v >= this.#to ? this.from : this.#state.v;
    this.#anchorAt(v);
    this.#set({ v, playing: true, error: null });
    this.#want(v);
  };

  pause = (): void => {
    if (!this.#state.playing) return;
    const v = Math.round(this.v());
    this.#set({ v, playing: false });
    this.#want(v);
  };

  toggle = (): void => (this.#state.playing ? this.pause() : this.play());

  seek = (v: number): void => {
    const to = Math.round(this.#inside(v));
    this.#anchorAt(to);
    this.#set({ v: to, error: null });
    this.#want(to);
  };

  step = (ns: number): void => this.seek(this.v() + ns);

  setSpeed = (speed: number): void => {
    const v = this.v();
    this.#anchorAt(v);
    this.#set({ v, speed });
  };

  /** The next speed up or down, of those that there are. */
  faster = (by: 1 | -1): void => {
    const place = FILM_SPEEDS.findIndex((one) => one >= this.#state.speed);
    const next = FILM_SPEEDS[Math.min(FILM_SPEEDS.length - 1, Math.max(0, place + by))];
    if (next !== undefined) this.setSpeed(next);
  };

  /** The same moment once more. */
  again = (): void => this.#want(this.v());

  /** A room that is still held grows while one watches. */
  grow = (to: number): void => {
    if (to <= this.#to) return;
    this.#to = to;
    this.#tell();
  };

  close = (): void => {
    this.#closed = true;
    this.#cancel?.();
    this.#listeners.clear();
  };

  #inside(v: number): number {
    return Math.min(this.#to, Math.max(this.from, v));
  }

  #anchorAt(v: number): void {
    this.#anchor = { v, at_ms: this.#parts.now() };
    this.#shown = { v, at_ms: this.#anchor.at_ms };
  }

  /** One question at a time; while it is under way, only the newest wish is remembered. */
  #want(v: number): void {
    if (this.#closed) return;
    this.#wanted = Math.round(v);
    if (this.#asking) return;
    this.#cancel?.();
    this.#cancel = null;
    void this.#go();
  }

  async #go(): Promise<void> {
    const v = this.#wanted;
    if (v === null || this.#closed) return;
    this.#wanted = null;
    this.#asking = true;
    const began_ms = this.#parts.now();
    this.#set({ waits: true });
    let error: string | null = null;
    try {
      const frame = await this.#parts.ask(v);
      if (this.#closed) return;
      // Playing, an answer from before a jump is of no use; standing, it is better than nothing.
      if (this.#wanted === null || !this.#state.playing) {
        this.#shown = { v, at_ms: this.#parts.now() };
        this.#parts.show(frame, v);
      }
    } catch (cause) {
      error = cause instanceof Error ? cause.message : String(cause);
    }
    this.#asking = false;
    if (this.#closed) return;
    if (error !== null) {
      const at = this.v();
      this.#wanted = null;
      this.#set({ v: at, playing: false, waits: false, error });
      return;
    }
    this.#set({ waits: this.#wanted !== null, error: null });
    if (this.#wanted !== null) return void this.#go();
    if (!this.#state.playing) return;
    if (this.v() >= this.#to && v >= this.#to) return this.#set({ v: this.#to, playing: false });
    const rest = Math.max(0, EVERY_MS - (this.#parts.now() - began_ms));
    this.#cancel = this.#parts.later(() => {
      this.#cancel = null;
      if (this.#state.playing) this.#want(this.v());
    }, rest);
  }

  #set(change: Partial<FilmState>): void {
    this.#state = { ...this.#state, ...change };
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
