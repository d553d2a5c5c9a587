// A room that is played back: the same state that a live room's parts read, laid out by a film instead of a stream. Nothing is
// ever sent from here.
import { RoomSession } from "../room/session/session";
import type { Frame, Hello, Row } from "../room/wire";
import { momentAt } from "./api";
import { Film } from "./film";

interface Parts {
  take: string;
  hello: Hello;
  /** Everything until the last moment that there is. */
  whole: Frame;
  /** The moment that is looked at, and the last command that counts in it. */
  moment: { v: number; seq: number | null } | null;
  at: number;
  speed: number;
}

export class ReplaySession extends RoomSession {
  readonly film: Film<Frame>;
  readonly whole: Frame;
  #samplesOf = "";

  constructor({ take, hello, whole, moment, at, speed }: Parts) {
    super({ base: `/api/takes/${encodeURIComponent(take)}`, silent: true, at: () => Math.round(this.film.v()) });
    this.whole = whole;
    this.hello(hello);
    this.film = new Film<Frame>({
      from: hello.opens,
      to: whole.clock?.v ?? hello.opens,
      at,
      speed,
      ask: (v) => momentAt(take, v, this.#rowsUntil(v), moment && v === moment.v ? moment.seq : null),
      show: (frame) => this.#show(frame),
    });
  }

  override v = (): number => this.film.v();

  /** The samples that are here and stay true at `v`. */
  #rowsUntil(v: number): number {
    const rows: readonly Row[] = this.state()?.rows ?? [];
    return rows.findLastIndex((row) => row.v <= v) + 1;
  }

  #show(frame: Frame): void {
    const { clock } = frame;
    // How the room was held at that moment does not make the film stand.
    this.frame({ ...frame, ...(clock ? { clock: { ...clock, running: !clock.ended, why: null } } : {}) });
    // What was bought decides which figures there are: then all of them are read again.
    const bought = (frame.strips ?? []).map((one) => (one.not_bought === null ? "1" : "0")).join("");
    if (this.#samplesOf !== "" && bought !== this.#samplesOf) {
      this.frame({ samples: { from: 0, rows: [] } });
      this.film.again();
    }
    this.#samplesOf = bought;
  }
}
