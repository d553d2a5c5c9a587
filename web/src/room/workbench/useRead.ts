// Something read from the room when it is wanted: the answer, the refusal, and whether it is on its way. The newest wish wins.
import { useCallback, useEffect, useRef, useState } from "react";

export interface Reading<Answer> {
  data: Answer | null;
  error: string | null;
  busy: boolean;
}

type Ask<Answer> = () => Promise<Answer>;
type Then<Answer> = (answer: Answer) => void;

export interface Reader<Answer> extends Reading<Answer> {
  /** Asked at once; what was asked before no longer counts. */
  read: (ask: Ask<Answer>, then?: Then<Answer>) => void;
  /**
   * For a question that is asked again as time moves on. While `what` is under way only its newest wish is remembered, and comes
   * next: asked faster than it is answered, it would else never be answered at all.
   */
  follow: (what: string, ask: Ask<Answer>, then?: Then<Answer>) => void;
}

export function useRead<Answer>(): Reader<Answer> {
  const [now, set] = useState<Reading<Answer>>({ data: null, error: null, busy: false });
  const turn = useRef(0);
  const follows = useRef<{ what: string; next: (() => void) | null } | null>(null);
  useEffect(
    () => () => {
      turn.current += 1;
      follows.current = null;
    },
    [],
  );
  const start = useCallback((what: string | null, ask: Ask<Answer>, then?: Then<Answer>) => {
    turn.current += 1;
    const mine = turn.current;
    follows.current = what === null ? null : { what, next: null };
    set((before) => ({ ...before, error: null, busy: true }));
    const done = (reading: (before: Reading<Answer>) => Reading<Answer>) => {
      if (mine !== turn.current) return;
      const next = follows.current?.next;
      follows.current = null;
      set(reading);
      next?.();
    };
    ask().then(
      (data) => {
        if (mine === turn.current) then?.(data);
        done(() => ({ data, error: null, busy: false }));
      },
      (error: unknown) => done((before) => ({ ...before, error: error instanceof Error ? error.message : String(error), busy: false })),
    );
  }, []);
  const read = useCallback((ask: Ask<Answer>, then?: Then<Answer>) => start(null, ask, then), [start]);
  const follow = useCallback(
    (what: string, ask: Ask<Answer>, then?: Then<Answer>) => {
      if (follows.current?.what === what) follows.current.next = () => start(what, ask, then);
      else start(what, ask, then);
    },
    [start],
  );
  return { ...now, read, follow };
}
