// Server-sent events that come back by themselves after a lost network, a sleeping laptop or a restarted server. What the
// events mean is the part of whoever listens.

export type LineState = "connecting" | "open" | "lost";

interface Hooks {
  /** Asked at every connection, so that only what is newer is sent. */
  url: () => string;
  /** By the event's name; `data` is not read here. */
  on: Record<string, (data: string) => void>;
  state: (state: LineState) => void;
  /** Silence for longer than this is a dead line that nobody reported; asked after everything that is heard. */
  silence_ms?: () => number;
}

/** The server speaks every 15 s, whatever happens. */
const SILENCE_MS = 40_000;
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** Returns the way to close it. */
export function live(hooks: Hooks): () => void {
  let source: EventSource | null = null;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let closed = false;

  const connect = () => {
    clearTimeout(pause);
    pause = undefined;
    source?.close();
    hooks.state("connecting");
    const mine = new EventSource(hooks.url());
    source = mine;
    alive();
    for (const [name, hear] of Object.entries(hooks.on)) {
      mine.addEventListener(name, (event: MessageEvent<string>) => {
        if (mine !== source) return;
        failures = 0;
        hooks.state("open");
        hear(event.data);
        if (mine === source) alive();
      });
    }
    mine.addEventListener("error", () => {
      if (mine === source) retry();
    });
  };

  // The browser's own way of coming back gives up on an error page; ours does not.
  const retry = () => {
    source?.close();
    source = null;
    clearTimeout(watchdog);
    if (closed || pause !== undefined) return;
    hooks.state("lost");
    pause = setTimeout(connect, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]);
    failures += 1;
  };

  const alive = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(retry, hooks.silence_ms?.() ?? SILENCE_MS);
  };

  const wake = () => {
    if (closed || (source !== null && pause === undefined)) return;
    failures = 0;
    connect();
  };
  const visible = () => {
    if (document.visibilityState === "visible") wake();
  };
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", visible);
  connect();

  return () => {
    closed = true;
    clearTimeout(watchdog);
    clearTimeout(pause);
    source?.close();
    source = null;
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", visible);
  };
}
