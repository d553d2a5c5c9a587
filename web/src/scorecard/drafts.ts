// What was written and not yet acknowledged, kept in this browser. localStorage, since it writes
// before the next keystroke is handled: a tab that is killed loses nothing. Each tab writes under its
// own name, so that two tabs never overwrite each other; what a closed tab left is picked up by the next.
import type { AreaScore } from "../api/types";
import type { Part } from "./merge";

export interface Draft {
  area: string;
  /** The acknowledged score from which this draft began. */
  base: AreaScore;
  score: AreaScore;
}

/** Ours, set aside because another tab's version of these parts is the one that stands. */
export interface Offer {
  id: string;
  area: string;
  ours: AreaScore;
  parts: Part[];
}

export interface DraftStore {
  keepDraft(draft: Draft): void;
  dropDraft(area: string): void;
  keepOffer(offer: Offer): void;
  dropOffer(id: string): void;
  /** What is here from tabs that are gone (this one before a reload included). Taken over, then removed. */
  takeLeftovers(): Promise<{ drafts: Draft[]; offers: Offer[] }>;
}

const PREFIX = "seatrial.scorecard";

export class BrowserDrafts implements DraftStore {
  readonly #place: string;
  readonly #tab: string;

  constructor(loop: string, person: string, tab: string = thisTab()) {
    this.#place = `${PREFIX}/${loop}/${person}/`;
    this.#tab = tab;
  }

  keepDraft(draft: Draft): void {
    this.#put(`draft/${draft.area}`, draft);
  }
  dropDraft(area: string): void {
    this.#remove(`draft/${area}`);
  }
  keepOffer(offer: Offer): void {
    this.#put(`offer/${offer.id}`, offer);
  }
  dropOffer(id: string): void {
    this.#remove(`offer/${id}`);
  }

  async takeLeftovers(): Promise<{ drafts: Draft[]; offers: Offer[] }> {
    const alive = await livingTabs();
    const drafts: Draft[] = [];
    const offers: Offer[] = [];
    for (const key of keysUnder(this.#place)) {
      const [tab = "", kind = "", ...rest] = key.slice(this.#place.length).split("/");
      if (alive.has(tab) && tab !== this.#tab) continue;
      const value = parsed(localStorage.getItem(key));
      if (kind === "draft" && isDraft(value)) drafts.push(value);
      if (kind === "offer" && isOffer(value)) offers.push(value);
      // Under this tab's name before the old one goes: a crash between the two leaves a copy, no hole.
      if (tab !== this.#tab) {
        if (value !== null) this.#put(`${kind}/${rest.join("/")}`, value);
        localStorage.removeItem(key);
      }
    }
    return { drafts, offers };
  }

  #put(name: string, value: unknown): void {
    try {
      localStorage.setItem(`${this.#place}${this.#tab}/${name}`, JSON.stringify(value));
    } catch {
      // Storage is full or forbidden. The draft still lives in this tab and on its way to the server.
    }
  }

  #remove(name: string): void {
    try {
      localStorage.removeItem(`${this.#place}${this.#tab}/${name}`);
    } catch {
      // Forbidden storage holds nothing to remove.
    }
  }
}

let tab: string | null = null;
const TAB_LOCK = "seatrial.tab/";

/** This page load's name. It holds a lock of that name until the page is gone, which is how others know. */
function thisTab(): string {
  if (tab === null) {
    const name = Math.random().toString(36).slice(2, 12);
    tab = name;
    navigator.locks?.request(TAB_LOCK + name, () => new Promise<never>(() => {})).catch(() => {});
  }
  return tab;
}

/** Without the lock manager (an address without TLS) no other tab is known to live. */
async function livingTabs(): Promise<Set<string>> {
  const held = (await navigator.locks?.query().catch(() => null))?.held ?? [];
  return new Set(
    held.flatMap(({ name }) => (name?.startsWith(TAB_LOCK) ? [name.slice(TAB_LOCK.length)] : [])),
  );
}

function keysUnder(place: string): string[] {
  const keys: string[] = [];
  try {
    for (let i = 0; i < localStorage.length; i++) {
      const key = localStorage.key(i);
      if (key?.startsWith(place)) keys.push(key);
    }
  } catch {
    return [];
  }
  return keys.sort();
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function isScore(value: unknown): value is AreaScore {
  const score = value as Partial<AreaScore> | null;
  return (
    typeof score?.area === "string" &&
    typeof score.would_move === "string" &&
    Array.isArray(score.seen) &&
    Array.isArray(score.evidence)
  );
}

function isDraft(value: unknown): value is Draft {
  const draft = value as Partial<Draft> | null;
  return typeof draft?.area === "string" && isScore(draft.base) && isScore(draft.score);
}

function isOffer(value: unknown): value is Offer {
  const offer = value as Partial<Offer> | null;
  return typeof offer?.id === "string" && typeof offer.area === "string" && isScore(offer.ours) && Array.isArray(offer.parts);
}
