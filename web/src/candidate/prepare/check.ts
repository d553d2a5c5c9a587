// What a candidate's browser must be able to do, each as a plain verdict with what to do about it. Measuring is at the foot; what a
// measurement means is told by functions that know no browser.
import { v7 as uuidv7 } from "uuid";

export type Verdict = "good" | "fair" | "bad";

export interface Finding {
  verdict: Verdict;
  says: string;
  /** What to do; absent where nothing is to be done. */
  todo?: string;
}

/** Below this width there is no room for a system and for work beside it. */
export const TUTORIAL_WIDTH = 700;
const TABLE_WIDTH = 900;
const DRAWN_WIDTH = 1280;
const HEIGHT = 640;

export function windowFinding(width: number, height: number): Finding {
  const size = `${width} × ${height}`;
  if (width < TABLE_WIDTH) {
    return {
      verdict: "bad",
      says: `${size}: too narrow for the interview. Reading works here.`,
      todo: `Come with a computer whose window is at least ${DRAWN_WIDTH} wide.`,
    };
  }
  if (width < DRAWN_WIDTH || height < HEIGHT) {
    return {
      verdict: "fair",
      says: `${size}: it works, with the system as a table or with more to scroll.`,
      todo: `Make the window at least ${DRAWN_WIDTH} × ${HEIGHT}, or zoom out.`,
    };
  }
  return { verdict: "good", says: `${size}: the system is drawn, with your work beside it.` };
}

export interface Line {
  /** Until the server spoke; null: it did not. */
  hello_ms: number | null;
  /** How long it was watched, and whether it broke meanwhile. */
  watched_ms: number;
  broke: boolean;
}

export function lineFinding({ hello_ms, watched_ms, broke }: Line): Finding {
  const todo = "Try another network, or without a proxy or VPN. If it stays like this, tell the people who invited you.";
  if (hello_ms === null) return { verdict: "bad", says: "The live connection does not open.", todo };
  if (broke)
    return { verdict: "fair", says: "The live connection opened and broke again. The room comes back by itself, with nothing lost, but late.", todo };
  return { verdict: "good", says: `Opened after ${shown(hello_ms)}, and stayed for ${Math.round(watched_ms / 1000)} s.` };
}

const QUICK_MS = 300;
const SLOW_MS = 1_000;

export function commandFinding(took_ms: readonly number[], of: number): Finding {
  const median = [...took_ms].sort((a, b) => a - b)[Math.floor(took_ms.length / 2)];
  if (median === undefined)
    return { verdict: "bad", says: "No command was answered.", todo: "Load the page again. If it stays like this, tell the people who invited you." };
  const words = `${shown(median)} until a command is safe on the server, as a rule`;
  if (took_ms.length < of)
    return {
      verdict: "fair",
      says: `${words}; ${of - took_ms.length} of ${of} were not answered.`,
      todo: "What you do is kept here and sent again by itself. A steadier network helps.",
    };
  if (median > SLOW_MS) return { verdict: "fair", says: `${words}: slow.`, todo: "It works. A nearer or steadier network would feel better." };
  return { verdict: "good", says: `${words}${median > QUICK_MS ? ", which can be felt and does no harm" : ""}.` };
}

export function storageFinding(keeps: boolean): Finding {
  if (keeps) return { verdict: "good", says: "This browser keeps what you write until the server has it." };
  return {
    verdict: "fair",
    says: "This browser keeps nothing: words that were not sent are lost with the page.",
    todo: "Use a window that is not private, or allow this site to keep data.",
  };
}

export function keyFinding(key: string | null): Finding | null {
  return key === null ? null : { verdict: "good", says: `“${key}” arrived. Everything can be done with a pointer too.` };
}

const shown = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

// ── measuring ──

export function keepsData(): boolean {
  const name = "seatrial.check";
  try {
    localStorage.setItem(name, name);
    const kept = localStorage.getItem(name) === name;
    localStorage.removeItem(name);
    return kept;
  } catch {
    return false;
  }
}

const OPENS_WITHIN_MS = 10_000;

/** Opens a live stream, and watches it for a while. */
export function watchLine(url: string, watch_ms: number, stop: AbortSignal): Promise<Line> {
  const began = performance.now();
  const source = new EventSource(url);
  return new Promise((resolve) => {
    let hello_ms: number | null = null;
    const end = (broke: boolean) => {
      clearTimeout(timer);
      source.close();
      resolve({ hello_ms, watched_ms: hello_ms === null ? 0 : performance.now() - began - hello_ms, broke });
    };
    let timer = setTimeout(() => end(false), OPENS_WITHIN_MS);
    source.addEventListener("hello", () => {
      if (hello_ms !== null) return;
      hello_ms = performance.now() - began;
      clearTimeout(timer);
      timer = setTimeout(() => end(false), watch_ms);
    });
    source.addEventListener("error", () => end(true));
    stop.addEventListener("abort", () => end(false));
  });
}

/** Sends commands that change nothing, one after the other; how long each took until it was on the server's disk. */
export async function timeCommands(base: string, of: number, stop: AbortSignal): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < of && !stop.aborted; n += 1) {
    const began = performance.now();
    const look = { kind: "look", panel: "decisions", decision: null, focus: null };
    try {
      const response = await fetch(`${base}/commands`, {
        method: "POST",
        headers: { Accept: "application/json", "Content-Type": "application/json", "X-Seatrial": "1" },
        body: JSON.stringify({ commands: [{ id: uuidv7(), seen_v: 0, body: look }] }),
        signal: AbortSignal.any([stop, AbortSignal.timeout(OPENS_WITHIN_MS)]),
      });
      if (response.ok) took.push(performance.now() - began);
    } catch {
      // Not answered: it counts by being absent.
    }
  }
  return took;
}
