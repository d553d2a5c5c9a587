// Opens a take to be played back: what does not change in it, everything that is marked on it, and the film.
import { useEffect, useState, useSyncExternalStore } from "react";
import { helloOf, momentAt } from "./api";
import type { FilmState } from "./film";
import { opensAt } from "./link";
import { ReplaySession } from "./session";

export interface Opened {
  session: ReplaySession | null;
  error: unknown;
  retry: () => void;
}

interface Wish {
  take: string;
  moment: { v: number; seq: number | null } | null;
  speed: number;
  plays?: boolean;
}

/** `Number.MAX_SAFE_INTEGER` is later than any room: the server answers with the last moment that there is. */
export const LAST = Number.MAX_SAFE_INTEGER;

export function useReplay({ take, moment, speed, plays = false }: Wish): Opened {
  const [session, setSession] = useState<ReplaySession | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const [v, seq] = [moment?.v ?? null, moment?.seq ?? null];
  useEffect(() => {
    const stop = new AbortController();
    let made: ReplaySession | null = null;
    setSession(null);
    setError(null);
    void (async () => {
      try {
        const [hello, whole] = await Promise.all([helloOf(take, stop.signal), momentAt(take, LAST, 0)]);
        if (stop.signal.aborted) return;
        made = new ReplaySession({ take, hello, whole, moment: v === null ? null : { v, seq }, at: opensAt(v, hello.opens), speed });
        setSession(made);
        if (plays) made.film.play();
      } catch (cause) {
        if (!stop.signal.aborted) setError(cause);
      }
    })();
    return () => {
      stop.abort();
      made?.film.close();
    };
  }, [take, v, seq, turn]);
  return { session, error, retry: () => setTurn((one) => one + 1) };
}

export function useFilm(session: ReplaySession): FilmState {
  return useSyncExternalStore(session.film.subscribe, session.film.state, session.film.state);
}
