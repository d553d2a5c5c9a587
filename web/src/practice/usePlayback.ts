// The playhead: plays a finished run at a minute a second, or stands where one puts it.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Axis } from "./axis";

/** Virtual milliseconds per real one. */
export const SPEED = 60;
/** What comes after the last order is long and quiet. */
const SPEED_AFTER = 600;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function usePlayback(axis: Axis | null, run: number | null) {
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);
  const last = useRef(0);

  // A new run plays from the beginning; where nothing may move, its end is shown.
  useEffect(() => {
    if (!axis || run === null) return;
    setAt(still() ? axis.closes : axis.from);
    setPlaying(!still());
  }, [axis, run]);

  useEffect(() => {
    if (!playing || !axis) return;
    let frame = 0;
    last.current = performance.now();
    const step = (now: number) => {
      const passed = Math.min(250, now - last.current);
      // Ten times a second is enough for figures that change once in ten seconds.
      if (passed >= 100) {
        last.current = now;
        setAt((before) => Math.min(axis.ends, before + passed * (before < axis.closes ? SPEED : SPEED_AFTER)));
      }
      frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [playing, axis]);

  useEffect(() => {
    if (axis && at >= axis.ends) setPlaying(false);
  }, [axis, at]);

  const seek = useCallback(
    (to: number) => {
      if (!axis) return;
      setPlaying(false);
      setAt(Math.min(axis.ends, Math.max(axis.from, to)));
    },
    [axis],
  );
  const toggle = useCallback(() => {
    if (!axis) return;
    setAt((before) => (before >= axis.ends ? axis.from : before));
    setPlaying((before) => !before);
  }, [axis]);
  return { at, playing, seek, toggle };
}

export type Playback = ReturnType<typeof usePlayback>;
