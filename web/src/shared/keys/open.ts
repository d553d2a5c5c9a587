// Whether the palette or the keys dialog is open; apart from both so that anything may open them.
import { createStore } from "../store";

export const opened = createStore<"palette" | "keys" | null>(null);
export const openPalette = (): void => opened.set("palette");
export const openKeys = (): void => opened.set("keys");
export const closeLayer = (): void => opened.set(null);
