// The pad's text between this browser and the room: written here first, kept after a pause, laid together with what others wrote.
import type { Pad } from "../session/api";
import { mergeText } from "./merge";

export interface PadView {
  text: string;
  state: "reading" | "kept" | "writing" | "unreachable";
  /** What others wrote has just been laid into it. */
  merged: boolean;
}

interface Parts {
  read: () => Promise<Pad>;
  write: (base_rev: number, text: string) => Promise<{ taken: boolean; pad: Pad }>;
  later?: (run: () => void, delay_ms: number) => () => void;
}

const PAUSE_MS = 600;
const AGAIN_MS = 3_000;

export class PadKeeper {
  readonly #parts: Required<Parts>;
  #view: PadView = { text: "", state: "reading", merged: false };
  /** What the server had when we last heard from it. */
  #base: Pad = { rev: -1, text: "" };
  #listeners = new Set<() => void>();
  #callOff: (() => void) | null = null;
  #busy = false;
  /** The newest revision that was spoken of. */
  #news = -1;
  #composing = false;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = {
      later: (run, delay_ms) => {
        const timer = setTimeout(run, delay_ms);
        return () => clearTimeout(timer);
      },
      ...parts,
    };
  }

  view = (): PadView => this.#view;
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  write(text: string): void {
    this.#show({ text, state: "writing", merged: false });
    this.#soon(PAUSE_MS);
  }

  /** Letters that are still being put together, as for Japanese, would fall apart if a text came under them. */
  compose(composing: boolean): void {
    this.#composing = composing;
    if (composing) return;
    if (this.#view.text !== this.#base.text) this.#soon(PAUSE_MS);
    else void this.heard(this.#news);
  }

  /** News: the room's pad is at this revision. */
  async heard(rev: number): Promise<void> {
    this.#news = Math.max(this.#news, rev);
    if (rev <= this.#base.rev || this.#busy || this.#composing) return;
    try {
      this.#lay(await this.#parts.read());
    } catch {
      if (this.#base.rev < 0) this.#show({ state: "unreachable" });
      this.#soon(AGAIN_MS);
    }
  }

  /** Keeps what is written; leaving the page does, too. */
  async keep(): Promise<void> {
    this.#callOff?.();
    this.#callOff = null;
    if (this.#busy || this.#composing) return;
    this.#busy = true;
    try {
      if (this.#base.rev < 0) this.#lay(await this.#parts.read());
      while (this.#view.text !== this.#base.text) {
        const { taken, pad } = await this.#parts.write(this.#base.rev, this.#view.text);
        if (taken && pad.text === this.#base.text) break;
        this.#lay(pad);
      }
      this.#show({ state: "kept" });
    } catch {
      this.#show({ state: "unreachable" });
      this.#soon(AGAIN_MS);
    } finally {
      this.#busy = false;
    }
    // Somebody wrote on top of it before our own answer came.
    if (this.#view.state === "kept") await this.heard(this.#news);
  }

  close(): void {
    this.#composing = false;
    if (this.#view.state === "writing") void this.keep();
    this.#closed = true;
    this.#callOff?.();
    this.#listeners.clear();
  }

  /** The server's text under ours. */
  #lay(pad: Pad): void {
    if (pad.rev < this.#base.rev) return;
    const before = this.#view.text;
    const first = this.#base.rev < 0 && before === "";
    const text = first ? pad.text : mergeText(this.#base.text, before, pad.text);
    this.#base = pad;
    this.#show({ text, state: text === pad.text ? "kept" : "writing", merged: !first && text !== before });
    if (text !== pad.text && !this.#busy) this.#soon(PAUSE_MS);
  }

  #soon(delay_ms: number): void {
    if (this.#closed) return;
    this.#callOff?.();
    this.#callOff = this.#parts.later(() => void this.keep(), delay_ms);
  }

  #show(change: Partial<PadView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of [...this.#listeners]) listener();
  }
}
