// Whether the server can be reached, as far as this page knows. Requests report what happened to
// them; while nothing answers, a light request asks again. What waits to be sent is not kept here.
import { createStore, useStore } from "./store";

export interface Connection {
  online: boolean;
  /** When the server was last not reached; null while it is. */
  lost_at: Date | null;
}

const store = createStore<Connection>({ online: true, lost_at: null });
let retry: ReturnType<typeof setTimeout> | undefined;
let wait_ms = 1000;

export function reached(): void {
  wait_ms = 1000;
  clearTimeout(retry);
  retry = undefined;
  if (!store.get().online) store.set({ online: true, lost_at: null });
}

export function unreachable(): void {
  if (store.get().online) store.set({ online: false, lost_at: new Date() });
  askAgainLater();
}

function askAgainLater(): void {
  if (retry !== undefined) return;
  retry = setTimeout(() => {
    retry = undefined;
    wait_ms = Math.min(wait_ms * 2, 15_000);
    void ask();
  }, wait_ms);
}

async function ask(): Promise<void> {
  try {
    const response = await fetch("/api/health", { headers: { Accept: "application/json" }, cache: "no-store" });
    if (response.status >= 502 && response.status <= 504) askAgainLater();
    else reached();
  } catch {
    askAgainLater();
  }
}

if (typeof window !== "undefined") {
  window.addEventListener("offline", unreachable);
  window.addEventListener("online", () => void ask());
}

export const connection = store;

export function useConnection(): Connection {
  return useStore(store);
}
