// Offers actions while a component is shown, and tells presses apart: typing, dialogs, buttons that
// want Enter for themselves.
import { useEffect, useLayoutEffect, useState } from "react";
import { matches } from "./match";
import { opened, typedAhead } from "./open";
import { type Action, current, keyOf, offer, useKeySettings } from "./registry";

export type { Action } from "./registry";

/** Offers these actions for as long as the component is mounted. The later offer wins a shared key. */
export function useKeys(actions: readonly Action[]): void {
  const [owner] = useState(() => Symbol("keys"));
  useLayoutEffect(() => {
    offer(owner, actions);
  });
  useEffect(() => () => offer(owner, null), [owner]);
}

/** The key to show beside a button, as this reader has set it. */
export function useKeyName(action: Pick<Action, "id" | "key">): string | null {
  return keyOf(action, useKeySettings());
}

function typesText(element: Element | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  if (!(element instanceof HTMLInputElement)) return false;
  return !["checkbox", "radio", "button", "submit", "reset", "range", "color", "file"].includes(element.type);
}

/** Whether the focused element has a use of its own for this key. */
function wants(element: Element | null, key: string): boolean {
  if (!element) return false;
  if (key === "Enter") return element.matches("a[href], button, summary, input[type=submit], input[type=button], [role=button], [role=option]");
  if (key === " ") return element.matches("button, summary, input, [role=button], [role=option]");
  if (key.startsWith("Arrow")) return element.matches("input[type=radio], input[type=range], [role=listbox], [role=tab]");
  return false;
}

export function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  const target = event.target instanceof Element ? event.target : null;
  const typing = typesText(target);
  if (opened.get() !== null && document.querySelector("dialog[open]") === null) {
    // The palette is on its way: what is typed now is meant for it, not for the page.
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) typedAhead.text += event.key;
    event.preventDefault();
    return;
  }
  const inDialog = document.querySelector("dialog[open]:not([data-plain])") !== null;
  // With Ctrl or ⌘ a press is meant for the page, whatever has the focus.
  if (!event.ctrlKey && !event.metaKey && !typing && wants(target, event.key)) return;
  for (const action of [...current()].reverse()) {
    const key = keyOf(action);
    if (!key || !matches(event, key)) continue;
    if (typing && !action.typing) continue;
    if (inDialog && !action.inDialog) continue;
    event.preventDefault();
    action.run();
    return;
  }
}

/** Listens for the whole page; mounted once. */
export function useKeyListener(): void {
  useEffect(() => {
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
