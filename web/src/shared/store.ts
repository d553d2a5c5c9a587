// A value outside React that components can follow: the smallest thing useSyncExternalStore needs.
import { useSyncExternalStore } from "react";

export interface Store<Value> {
  get(): Value;
  set(next: Value): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<Value>(store: Store<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}

/** Settings of this browser. A browser that refuses storage forgets, and nothing else happens. */
export const remembered = {
  read(key: string): string | null {
    try {
      return localStorage.getItem(`seatrial.${key}`);
    } catch {
      return null;
    }
  },
  write(key: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(`seatrial.${key}`);
      else localStorage.setItem(`seatrial.${key}`, value);
    } catch {
      // Private windows may refuse; the setting then lasts as long as the page.
    }
  },
};
