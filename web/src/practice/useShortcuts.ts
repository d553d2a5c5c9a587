// The keys of this page. Off while somebody types; the browser's own keep their meaning.
import { useEffect, useRef } from "react";

export interface Shortcuts {
  /** By `KeyboardEvent.key`. */
  [key: string]: (event: KeyboardEvent) => void;
}

export function useShortcuts(shortcuts: Shortcuts): void {
  const now = useRef(shortcuts);
  now.current = shortcuts;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const on = event.target instanceof Element ? event.target : null;
      if (document.querySelector("dialog[open]") && event.key !== "Escape") return;
      if (on?.closest("textarea, select, [contenteditable], input:not([type=radio]):not([type=range])")) return;
      // A button or a radio that has the focus keeps the keys that work it; so does a region that scrolls.
      const works = on?.closest("button, a, input, summary") !== null && on?.closest("button, a, input, summary") !== undefined;
      if (works && [" ", "Enter"].includes(event.key)) return;
      if (on?.closest("input") && event.key.startsWith("Arrow")) return;
      const handler = now.current[event.key];
      if (!handler) return;
      handler(event);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
