// What this browser keeps until the server has it: unsent entries and half-written notes, in
// IndexedDB. Rules of sending live in outbox.ts; without IndexedDB a memory store says so.
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Id, Moment, NoteKind } from "../../api/types";
import type { Kept } from "../record/fold";

export interface Draft {
  /** `${person}:${interview}`: a draft is never shown to the next person at the same browser. */
  key: string;
  text: string;
  note: NoteKind;
  /** The interview's clock at the first keystroke; null while nothing was written. */
  at_ms: number | null;
  signal: { area: string; signal: string } | null;
  /** The room's moment at the first keystroke, beside a room. */
  moment?: Moment | null;
}

export interface Store {
  /** False when what is kept here does not outlive the tab. */
  readonly durable: boolean;
  /** Keeping the same id twice keeps it once. */
  keep(entry: Omit<Kept, "n">): Promise<void>;
  /** In the order of keeping. */
  list(person: Id): Promise<Kept[]>;
  drop(ids: readonly Id[]): Promise<void>;
  /** Null clears a refusal, so that the entry is sent again. */
  refuse(id: Id, reason: string | null): Promise<void>;
  draft(key: string): Promise<Draft | null>;
  saveDraft(draft: Draft): Promise<void>;
  dropDraft(key: string): Promise<void>;
}

interface Schema extends DBSchema {
  kept: { key: number; value: Omit<Kept, "n"> & { n?: number; id: Id }; indexes: { id: string; person: string } };
  drafts: { key: string; value: Draft };
}

export async function openStore(name = "seatrial-kept"): Promise<Store> {
  try {
    const db = await openDB<Schema>(name, 1, {
      upgrade(fresh) {
        const kept = fresh.createObjectStore("kept", { keyPath: "n", autoIncrement: true });
        kept.createIndex("id", "id", { unique: true });
        kept.createIndex("person", "person");
        fresh.createObjectStore("drafts", { keyPath: "key" });
      },
      // A newer version of the page in another tab must not wait for this one.
      blocking: (_old, _new, event) => (event.target as IDBDatabase | null)?.close(),
    });
    return new Spilling(new Durable(db));
  } catch {
    return new Memory();
  }
}

/** Strict: kept means on the disk, since the person is told that nothing of theirs can be lost. */
const STRICT = { durability: "strict" } as const;

class Durable implements Store {
  readonly durable = true;
  readonly #db: IDBPDatabase<Schema>;
  constructor(db: IDBPDatabase<Schema>) {
    this.#db = db;
  }
  async keep(entry: Omit<Kept, "n">): Promise<void> {
    const tx = this.#db.transaction("kept", "readwrite", STRICT);
    const known = await tx.store.index("id").getKey(entry.entry.id);
    if (known === undefined) await tx.store.add({ ...entry, id: entry.entry.id });
    await tx.done;
  }
  async list(person: Id): Promise<Kept[]> {
    const found = await this.#db.getAllFromIndex("kept", "person", person);
    return found
      .map(({ n, interview, entry, kept_at, refused }) => ({ n: n ?? 0, person, interview, entry, kept_at, refused }))
      .sort((a, b) => a.n - b.n);
  }
  async drop(ids: readonly Id[]): Promise<void> {
    const tx = this.#db.transaction("kept", "readwrite", STRICT);
    for (const id of ids) {
      const key = await tx.store.index("id").getKey(id);
      if (key !== undefined) await tx.store.delete(key);
    }
    await tx.done;
  }
  async refuse(id: Id, reason: string | null): Promise<void> {
    const tx = this.#db.transaction("kept", "readwrite", STRICT);
    const found = await tx.store.index("id").get(id);
    if (found) await tx.store.put({ ...found, refused: reason });
    await tx.done;
  }
  async draft(key: string): Promise<Draft | null> {
    return (await this.#db.get("drafts", key)) ?? null;
  }
  async saveDraft(draft: Draft): Promise<void> {
    await this.#db.put("drafts", draft);
  }
  async dropDraft(key: string): Promise<void> {
    await this.#db.delete("drafts", key);
  }
}

/** A full disk or a closed database must not lose an entry: it goes on in memory, and that is said. */
export class Spilling implements Store {
  #spilled = false;
  readonly #first: Store;
  readonly #second = new Memory();
  constructor(first: Store) {
    this.#first = first;
  }
  get durable(): boolean {
    return !this.#spilled;
  }
  async keep(entry: Omit<Kept, "n">): Promise<void> {
    try {
      await this.#first.keep(entry);
    } catch {
      this.#spilled = true;
      await this.#second.keep(entry);
    }
  }
  async list(person: Id): Promise<Kept[]> {
    const first = await this.#first.list(person).catch(() => []);
    return [...first, ...(await this.#second.list(person))];
  }
  async drop(ids: readonly Id[]): Promise<void> {
    await this.#second.drop(ids);
    await this.#first.drop(ids);
  }
  async refuse(id: Id, reason: string | null): Promise<void> {
    await this.#second.refuse(id, reason);
    await this.#first.refuse(id, reason);
  }
  async draft(key: string): Promise<Draft | null> {
    const second = await this.#second.draft(key);
    return second ?? (await this.#first.draft(key).catch(() => null));
  }
  async saveDraft(draft: Draft): Promise<void> {
    try {
      await this.#first.saveDraft(draft);
    } catch {
      this.#spilled = true;
      await this.#second.saveDraft(draft);
    }
  }
  async dropDraft(key: string): Promise<void> {
    await this.#second.dropDraft(key);
    await this.#first.dropDraft(key).catch(() => undefined);
  }
}

/** For browsers that refuse IndexedDB (some private windows): the same rules, gone with the tab. */
export class Memory implements Store {
  readonly durable = false;
  #kept: Kept[] = [];
  readonly #drafts = new Map<string, Draft>();
  #n = 0;
  async keep(entry: Omit<Kept, "n">): Promise<void> {
    if (this.#kept.some((one) => one.entry.id === entry.entry.id)) return;
    this.#n += 1;
    this.#kept.push({ ...entry, n: this.#n });
  }
  async list(person: Id): Promise<Kept[]> {
    return this.#kept.filter((one) => one.person === person);
  }
  async drop(ids: readonly Id[]): Promise<void> {
    this.#kept = this.#kept.filter((one) => !ids.includes(one.entry.id));
  }
  async refuse(id: Id, reason: string | null): Promise<void> {
    this.#kept = this.#kept.map((one) => (one.entry.id === id ? { ...one, refused: reason } : one));
  }
  async draft(key: string): Promise<Draft | null> {
    return this.#drafts.get(key) ?? null;
  }
  async saveDraft(draft: Draft): Promise<void> {
    this.#drafts.set(draft.key, draft);
  }
  async dropDraft(key: string): Promise<void> {
    this.#drafts.delete(key);
  }
}
