// Keeps a scorecard while it is written: every change first into this browser, then, after a pause, to
// the server, one area at a time and in turn. Its law: what a person wrote is at any moment in the
// acknowledged card, in a draft, or in an offer. It draws nothing and knows no rule of scoring.
import { asProblem, statusOf } from "../api/problem";
import type { AreaScore, MyScorecard, Problem } from "../api/types";
import type { Draft, DraftStore, Offer } from "./drafts";
import { differing, merge, type Part, takeParts } from "./merge";
import { blank, same } from "./score";

export interface Wire {
  put(area: string, base_rev: number, score: AreaScore): Promise<MyScorecard>;
}

/** Time, so that tests need not wait. */
export interface Clock {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

export type Saving =
  | "kept"
  /** Written here, to be sent after the pause. */
  | "waiting"
  | "sending"
  /** Nothing answers; tried again by itself. */
  | "unreachable"
  /** The server will not take it as it is; tried again after the next change. */
  | "refused";

export interface Keeping {
  card: MyScorecard;
  drafts: Readonly<Record<string, Draft>>;
  /** Oldest first; an area may have several. */
  offers: readonly Offer[];
  saving: Saving;
  kept_at: number | null;
  problem: Problem | null;
}

const PAUSE_MS = 700;
const RETRY_MS_MIN = 2_000;
const RETRY_MS_MAX = 30_000;

export class Keeper {
  #state: Keeping;
  #inFlight: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #failures = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    card: MyScorecard,
    private readonly wire: Wire,
    private readonly store: DraftStore,
    private readonly clock: Clock,
    private readonly onAcknowledged: (card: MyScorecard) => void = () => {},
  ) {
    this.#state = { card, drafts: {}, offers: [], saving: "kept", kept_at: null, problem: null };
  }

  get state(): Keeping {
    return this.#state;
  }
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly read = (): Keeping => this.#state;

  /** What the page shows for an area: the draft where there is one. */
  score(area: string): AreaScore {
    return this.#state.drafts[area]?.score ?? acknowledged(this.#state.card, area);
  }

  edit(area: string, change: (score: AreaScore) => AreaScore): void {
    if (this.#state.card.submitted_at !== null) return;
    const before = this.score(area);
    const score = change(before);
    if (score === before) return;
    const base = this.#state.drafts[area]?.base ?? acknowledged(this.#state.card, area);
    this.#keep({ area, base, score });
    this.#set({ saving: this.#inFlight ? "sending" : "waiting", problem: null });
    this.#schedule(PAUSE_MS);
  }

  /** A card that arrived by another way (a reload of the query, another tab's word). */
  adopt(card: MyScorecard): void {
    if (card.rev < this.#state.card.rev) return;
    this.#take(card);
    if (this.#pending().length > 0 && !this.#inFlight) this.#schedule(PAUSE_MS);
  }

  async takeLeftovers(): Promise<void> {
    const { drafts, offers } = await this.store.takeLeftovers();
    this.#set({ offers: [...this.#state.offers, ...offers] });
    for (const draft of drafts) {
      // What was typed since this page opened is newer than what was left; the older one is offered.
      if (this.#state.drafts[draft.area]) this.#offerWhatDiffers(draft.area, draft.score);
      else this.#reconcile(draft);
    }
    if (this.#pending().length > 0) {
      this.#set({ saving: "waiting" });
      this.#schedule(0);
    }
  }

  /** Puts the offered parts back over the ones that stand. */
  acceptOffer(id: string): void {
    const offer = this.#state.offers.find((one) => one.id === id);
    if (!offer) return;
    this.edit(offer.area, (score) => takeParts(score, offer.ours, offer.parts));
    this.dismissOffer(id);
  }

  dismissOffer(id: string): void {
    this.store.dropOffer(id);
    this.#set({ offers: this.#state.offers.filter((offer) => offer.id !== id) });
  }

  /** Sends all that waits, now. True when everything is acknowledged. */
  async flush(): Promise<boolean> {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    // Twice: a change may have been made while the first round was under way.
    for (let round = 0; round < 2; round++) {
      if (this.#pending().length === 0 && !this.#inFlight) break;
      await (this.#inFlight ?? this.#send());
    }
    return this.#pending().length === 0;
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #pending(): Draft[] {
    return Object.values(this.#state.drafts);
  }

  #schedule(ms: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.clock.after(ms, () => {
      this.#cancelTimer = null;
      void (this.#inFlight ?? this.#send());
    });
  }

  #send(): Promise<void> {
    this.#inFlight = this.#sendAll().finally(() => {
      this.#inFlight = null;
    });
    return this.#inFlight;
  }

  async #sendAll(): Promise<void> {
    for (let draft = this.#pending()[0]; draft; draft = this.#pending()[0]) {
      this.#set({ saving: "sending" });
      const sent = draft.score;
      try {
        const card = await this.wire.put(draft.area, this.#state.card.rev, sent);
        this.#failures = 0;
        this.#acknowledge(draft.area, sent, card);
        this.onAcknowledged(card);
      } catch (error) {
        const problem = asProblem(error);
        const status = statusOf(error);
        if (status === 409 && isCard(problem.current) && problem.current.rev !== this.#state.card.rev) {
          this.#take(problem.current);
          continue;
        }
        this.#fail(problem, status);
        return;
      }
    }
    this.#set({ saving: "kept", problem: null });
  }

  #acknowledge(area: string, sent: AreaScore, card: MyScorecard): void {
    const now = this.#state.drafts[area];
    // Every other draft began from an older card, but no other tab was in between: the base revision says so.
    this.#set({ card, kept_at: this.clock.now() });
    if (!now || now.score === sent) this.#drop(area);
    else this.#keep({ area, base: acknowledged(card, area), score: now.score });
  }

  #fail(problem: Problem, status: number | null): void {
    const mayPass = status === null || status === 0 || status >= 500 || status === 429;
    this.#set({ saving: mayPass ? "unreachable" : "refused", problem });
    if (!mayPass) return;
    const wait = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** this.#failures);
    this.#failures += 1;
    this.#schedule(wait);
  }

  #take(card: MyScorecard): void {
    this.#set({ card });
    for (const draft of this.#pending()) this.#reconcile(draft);
    if (this.#pending().length === 0 && !this.#inFlight) this.#set({ saving: "kept", problem: null });
  }

  /** Sets a draft against the card as it is now. */
  #reconcile(draft: Draft): void {
    const theirs = acknowledged(this.#state.card, draft.area);
    if (this.#state.card.submitted_at !== null) {
      this.#drop(draft.area);
      this.#offerWhatDiffers(draft.area, draft.score);
      return;
    }
    const { score, clashes } = merge(draft.base, draft.score, theirs);
    if (clashes.length > 0) this.#offer(draft.area, draft.score, clashes);
    if (same(score, theirs)) this.#drop(draft.area);
    else this.#keep({ area: draft.area, base: theirs, score });
  }

  #offerWhatDiffers(area: string, ours: AreaScore): void {
    const parts = differing(ours, this.score(area));
    if (parts.length > 0) this.#offer(area, ours, parts);
  }

  #keep(draft: Draft): void {
    this.store.keepDraft(draft);
    this.#set({ drafts: { ...this.#state.drafts, [draft.area]: draft } });
  }

  #drop(area: string): void {
    const { [area]: _, ...drafts } = this.#state.drafts;
    this.store.dropDraft(area);
    this.#set({ drafts });
  }

  #offer(area: string, ours: AreaScore, parts: Part[]): void {
    // Not crypto.randomUUID: it is missing at addresses without TLS.
    const id = `${area}-${this.clock.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
    const offer: Offer = { id, area, ours, parts };
    this.store.keepOffer(offer);
    this.#set({ offers: [...this.#state.offers, offer] });
  }

  #set(change: Partial<Keeping>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

export function acknowledged(card: MyScorecard, area: string): AreaScore {
  return card.areas.find((score) => score.area === area) ?? blank(area);
}

function isCard(value: unknown): value is MyScorecard {
  const card = value as Partial<MyScorecard> | null;
  return typeof card?.rev === "number" && Array.isArray(card.areas);
}
