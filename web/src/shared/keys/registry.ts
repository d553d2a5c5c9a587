// Every action that can be done now, and the key of each. Pages register their actions with useKeys;
// the foot line, the `/` palette and the keys dialog only read. One action is one record.
import { createStore, remembered, useStore } from "../store";
import { isCharacter } from "./match";

export interface Action {
  /** Unique, and stable: a reader's own key is kept under it. `area.noun-or-verb`. */
  id: string;
  /** What it does, as a palette says it: "Start interview". */
  name: string;
  /** Its key out of the box; null when it has none. */
  key: string | null;
  /** A word for the foot line; neighbours with the same word share one entry (`1–7 area`). */
  hint?: string;
  /** Place in the foot line among others of the page, when the order of mounting is not it. */
  order?: number;
  /** Heading in the palette; "Here" when left out. */
  group?: string;
  /** More words to find it by. */
  keywords?: string;
  /** Not now: the key is dead and the palette leaves it out. */
  when?: boolean;
  /** Also while typing in a field. Only for keys with Mod or Alt, and for Escape. */
  typing?: boolean;
  /** Also while a modal dialog is open. */
  inDialog?: boolean;
  run: () => void;
}

const actions = createStore<readonly Action[]>([]);
const owners = new Map<symbol, readonly Action[]>();

/** Replaces what this owner offers. Listeners hear of it only when something visible changed. */
export function offer(owner: symbol, offered: readonly Action[] | null): void {
  const before = owners.get(owner);
  if (offered) owners.set(owner, offered);
  else owners.delete(owner);
  if (shape(before) !== shape(offered ?? undefined)) publish();
}

function publish(): void {
  actions.set([...owners.values()].flat());
}

function shape(list: readonly Action[] | undefined): string {
  return JSON.stringify((list ?? []).map((a) => [a.id, a.name, a.key, a.hint, a.order, a.group, a.keywords, a.when !== false]));
}

/** The freshest record of an action; the published list may hold an older `run`. */
export function current(): readonly Action[] {
  return [...owners.values()].flat().filter((action) => action.when !== false);
}

export function useActions(): readonly Action[] {
  return useStore(actions).filter((action) => action.when !== false);
}

// ---- the reader's own keys

export interface KeySettings {
  /** By action; "" for none. */
  own: Readonly<Record<string, string>>;
  /** False: lone characters do nothing (people who dictate need that). */
  characters: boolean;
}

function readSettings(): KeySettings {
  try {
    const kept = JSON.parse(remembered.read("keys") ?? "{}") as Partial<KeySettings>;
    return { own: { ...kept.own }, characters: kept.characters !== false };
  } catch {
    return { own: {}, characters: true };
  }
}

const settings = createStore<KeySettings>(readSettings());

export function setKeySettings(next: KeySettings): void {
  remembered.write("keys", JSON.stringify(next));
  settings.set(next);
}

export const useKeySettings = (): KeySettings => useStore(settings);

/** The key an action has for this reader now, or null. */
export function keyOf(action: Pick<Action, "id" | "key">, now: KeySettings = settings.get()): string | null {
  const key = now.own[action.id] ?? action.key;
  if (!key) return null;
  return !now.characters && isCharacter(key) ? null : key;
}
