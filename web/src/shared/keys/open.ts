// Whether the palette or the keys dialog is open; apart from both so that anything may open them.
import { createStore } from "../store";

export const opened = createStore<"palette" | "keys" | null>(null);

/** What was typed after `/` while the palette was still being fetched: its first letters. */
export const typedAhead = { text: "" };

export const openPalette = (): void => {
  typedAhead.text = "";
  opened.set("palette");
};
export const openKeys = (): void => opened.set("keys");
export const closeLayer = (): void => opened.set(null);
