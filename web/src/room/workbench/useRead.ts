// Something read from the room when it is wanted: the answer, the refusal, and whether it is on its way. The newest wish wins.
import { useCallback, useEffect, useRef, useState } from "react";

export interface Reading<Answer> {
  data: Answer | null;
  error: string | null;
  busy: boolean;
}

export function useRead<Answer>(): Reading<Answer> & { read: (ask: () => Promise<Answer>, then?: (answer: Answer) => void) => void } {
  const [now, set] = useState<Reading<Answer>>({ data: null, error: null, busy: false });
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );
  const read = useCallback((ask: () => Promise<Answer>, then?: (answer: Answer) => void) => {
    turn.current += 1;
    const mine = turn.current;
    set((before) => ({ ...before, error: null, busy: true }));
    ask().then(
      (data) => {
        if (mine !== turn.current) return;
        set({ data, error: null, busy: false });
        then?.(data);
      },
      (error: unknown) => mine === turn.current && set((before) => ({ ...before, error: error instanceof Error ? error.message : String(error), busy: false })),
    );
  }, []);
  return { ...now, read };
}
