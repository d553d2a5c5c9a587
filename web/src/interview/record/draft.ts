// The half-written note: kept at every keystroke, back after a reload, the same in every tab of its
// writer. What becomes of it when it is finished is the page's part.
import type { Moment, NoteKind } from "../../api/types";
import type { Draft, Store } from "../outbox/db";
import type { Wire } from "../outbox/outbox";

export class DraftBox {
  readonly #key: string;
  readonly #store: Store;
  readonly #wire: Wire;
  #draft: Draft;
  #listeners = new Set<() => void>();
  #work: Promise<void> = Promise.resolve();
  /** The next write, while it has not begun; keystrokes that come meanwhile share it. */
  #slot: { draft: Draft } | null = null;
  /** Counts changes made here, so that a slow read does not undo one. */
  #changes = 0;
  readonly #hangUp: () => void;
  /** Only one window has the keyboard; the one that does not follows the other. */
  writing_here = false;

  constructor(key: string, store: Store, wire: Wire) {
    this.#key = key;
    this.#store = store;
    this.#wire = wire;
    this.#draft = blank(key, "said");
    this.#hangUp = wire.listen((word) => {
      if (word.kind === "draft" && word.key === key && !this.writing_here) void this.open();
    });
  }

  snapshot = (): Draft => this.#draft;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  close(): void {
    this.#hangUp();
    this.#listeners.clear();
  }

  async open(): Promise<void> {
    const changes = this.#changes;
    const found = await this.#store.draft(this.#key);
    // What was typed while the store answered is newer.
    if (changes === this.#changes) this.#show(found ?? blank(this.#key, this.#draft.note));
  }

  /** The moment is taken at the first keystroke and held until the note is kept or emptied. */
  write(text: string, now_ms: number, now: Moment | null = null): void {
    const begun = this.#draft.at_ms !== null;
    const at_ms = text === "" ? null : (this.#draft.at_ms ?? now_ms);
    const moment = text === "" ? null : begun ? (this.#draft.moment ?? null) : now;
    this.#change({ text, at_ms, ...((moment || this.#draft.moment) && { moment }) });
  }

  setKind(note: NoteKind): void {
    this.#change({ note });
  }

  attach(signal: Draft["signal"]): void {
    this.#change({ signal });
  }

  /**
   * Hands the note over and begins an empty one of the same kind. The draft is forgotten only when
   * `keep` has kept the note: a crash in between shows it twice rather than never.
   */
  take(now_ms: number, keep: (note: Draft & { at_ms: number }) => Promise<void>): boolean {
    const draft = this.#draft;
    if (draft.text.trim() === "") return false;
    const note = { ...draft, text: draft.text.trim(), at_ms: draft.at_ms ?? now_ms };
    // A write that has not begun must still store the old text, in case keeping fails.
    this.#slot = null;
    this.#work = this.#work.then(() => keep(note));
    this.#changes += 1;
    this.#show(blank(this.#key, draft.note));
    this.#save();
    return true;
  }

  /** Resolves when everything typed so far is kept. */
  settled(): Promise<void> {
    return this.#work;
  }

  #change(change: Partial<Draft>): void {
    this.#changes += 1;
    this.#show({ ...this.#draft, ...change });
    this.#save();
  }

  #save(): void {
    if (this.#slot) {
      this.#slot.draft = this.#draft;
      return;
    }
    const slot = { draft: this.#draft };
    this.#slot = slot;
    this.#work = this.#work.then(async () => {
      if (this.#slot === slot) this.#slot = null;
      const { draft } = slot;
      if (draft.text === "" && draft.signal === null) await this.#store.dropDraft(this.#key);
      else await this.#store.saveDraft(draft);
      this.#wire.post({ kind: "draft", key: this.#key });
    });
  }

  #show(draft: Draft): void {
    this.#draft = draft;
    for (const listener of this.#listeners) listener();
  }
}

function blank(key: string, note: NoteKind): Draft {
  return { key, text: "", note, at_ms: null, signal: null };
}
