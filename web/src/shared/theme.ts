// Light, dark, or what the reader's system says. Importing this file applies the kept choice.
import { createStore, remembered, useStore } from "./store";

export type Theme = "system" | "light" | "dark";

const kept = remembered.read("theme");
const store = createStore<Theme>(kept === "light" || kept === "dark" ? kept : "system");
apply(store.get());

function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function setTheme(theme: Theme): void {
  remembered.write("theme", theme === "system" ? null : theme);
  apply(theme);
  store.set(theme);
}

export function useTheme(): Theme {
  return useStore(store);
}
