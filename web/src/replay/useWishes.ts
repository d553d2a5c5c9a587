// Where “Find 8123” leads when nothing can be sent.
import { useEffect } from "react";
import type { UiStore } from "../room/ui";

/** “Find 8123” of a ticket leads to that customer instead of to the candidate’s search. */
export function useWishes(ui: UiStore, find: (key: string) => void): void {
  useEffect(() => {
    let last = ui.store.get().wish?.number ?? 0;
    return ui.store.subscribe(() => {
      const { wish } = ui.store.get();
      if (!wish || wish.number === last) return;
      last = wish.number;
      find(wish.key);
    });
  }, [ui, find]);
}
