// What this browser shows of the room, apart from what the room is: the focused box, the open panel, what was searched for,
// the moment under the cursor and the part of the time axis in sight.
import { createContext, useContext, useSyncExternalStore } from "react";
import { createStore, type Store } from "../shared/store";
import type { Body } from "./wire";

export type PanelName = Extract<Body, { kind: "look" }>["panel"];

export const PANELS: readonly { name: PanelName; title: string }[] = [
  { name: "decisions", title: "Decisions" },
  { name: "moves", title: "Moves" },
  { name: "traces", title: "Traces" },
  { name: "logs", title: "Logs" },
  { name: "pad", title: "Pad" },
];

export interface Ui {
  /** Place of a box in the picture. */
  focus: number | null;
  panel: PanelName;
  /** The decision that is unfolded. */
  decision: string | null;
  /** The move whose form is open, and what it is about when a link says so. */
  move: { name: string; record: string } | null;
  /** What the trace search was asked for from elsewhere; the number makes the same key a new wish. */
  wish: { key: string; number: number } | null;
  /** v under the cursor of the strips; null: now. */
  cursor: number | null;
  /** The part of the time axis that was dragged over; null: all of it. */
  zoom: { from: number; to: number } | null;
}

export const START: Ui = { focus: null, panel: "decisions", decision: null, move: null, wish: null, cursor: null, zoom: null };

export interface UiStore {
  store: Store<Ui>;
  set(change: Partial<Ui>): void;
}

export function createUi(): UiStore {
  const store = createStore<Ui>(START);
  return {
    store,
    set(change) {
      store.set({ ...store.get(), ...change });
    },
  };
}

export const UiContext = createContext<UiStore | null>(null);

export function useUiStore(): UiStore {
  const ui = useContext(UiContext);
  if (!ui) throw new Error("This part stands in a room only.");
  return ui;
}

export function useUi<Value>(pick: (ui: Ui) => Value): Value {
  const { store } = useUiStore();
  const read = () => pick(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}

/** From a ticket, a log line or a move to everything that carries its key. */
export function findTraces(ui: UiStore, key: string): void {
  ui.set({ panel: "traces", wish: { key, number: (ui.store.get().wish?.number ?? 0) + 1 } });
}
