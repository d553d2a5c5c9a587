// What the candidate's page knows: fetched once, then followed by server-sent events, with its own
// way back after a lost network or a restarted server. A link that no longer opens ends it.
import type { CandidateView, Problem } from "../api/types";

export type Watched =
  | { kind: "opening" }
  /** `line`: whether changes arrive right now. */
  | { kind: "open"; view: CandidateView; line: boolean }
  /** The link is wrong, expired or revoked. */
  | { kind: "shut"; status: number; problem: Problem | null }
  | { kind: "unreachable" };

/** The server speaks every 15 s; longer silence is a dead line. */
const SILENCE_MS = 40_000;
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** Returns the way to stop. */
export function watch(token: string, tell: (watched: Watched) => void): () => void {
  const address = `/api/c/${encodeURIComponent(token)}`;
  let view: CandidateView | null = null;
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let stopped = false;

  const open = async () => {
    clearTimeout(timer);
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (stopped) return;
      if (response.status === 404 || response.status === 410 || response.status === 400) {
        return tell({ kind: "shut", status: response.status, problem: await problemOf(response) });
      }
      if (!response.ok) return again();
      view = (await response.json()) as CandidateView;
      tell({ kind: "open", view, line: true });
      listen();
    } catch {
      if (!stopped) again();
    }
  };

  const listen = () => {
    source?.close();
    const mine = new EventSource(`${address}/live`);
    source = mine;
    quiet();
    mine.addEventListener("change", (event: MessageEvent<string>) => {
      if (mine !== source) return;
      failures = 0;
      quiet();
      view = JSON.parse(event.data) as CandidateView;
      tell({ kind: "open", view, line: true });
    });
    mine.addEventListener("error", () => {
      if (mine === source) again();
    });
  };

  const quiet = () => {
    clearTimeout(timer);
    timer = setTimeout(again, SILENCE_MS);
  };

  /** What was shown stays on screen meanwhile; only the line is said to be down. */
  const again = () => {
    source?.close();
    source = null;
    clearTimeout(timer);
    if (stopped) return;
    tell(view ? { kind: "open", view, line: false } : { kind: "unreachable" });
    timer = setTimeout(() => void open(), PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]);
    failures += 1;
  };

  const wake = () => {
    if (stopped || source !== null) return;
    failures = 0;
    void open();
  };
  const visible = () => {
    if (document.visibilityState === "visible") wake();
  };
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", visible);
  tell({ kind: "opening" });
  void open();

  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", visible);
  };
}

async function problemOf(response: Response): Promise<Problem | null> {
  try {
    const body: unknown = await response.json();
    return typeof body === "object" && body !== null && "title" in body ? (body as Problem) : null;
  } catch {
    return null;
  }
}
