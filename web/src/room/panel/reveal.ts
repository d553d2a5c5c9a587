// How long the truth stays open to the candidate: minutes of the wall's clock, also while the room stands. Every page of an
// interviewer that has the room open closes it, so one that was shut leaves nothing open.
import { useEffect, useState } from "react";
import { remembered } from "../../shared/store";
import { useDesk } from "../../interview/desk/desk";
import { useRoom, useSession } from "../session/hooks";

export const REVEAL_MS = 3 * 60_000;
const TICK_MS = 500;

/** Milliseconds of wall time that are left, and when it ends; null while nothing is open. */
export function useReveal(): { left_ms: number; ends: Date } | null {
  const take = useRoom((state) => state.hello.take.id);
  const open = useRoom((state) => state.revealed !== null);
  const key = `room.reveal.${take}`;
  const [ends, setEnds] = useState<number | null>(null);
  const [now, tick] = useState(Date.now);
  useEffect(() => {
    if (!open) {
      setEnds(null);
      remembered.write(key, null);
      return;
    }
    // After a reload it ends when it would have; never later than from now on.
    const latest = Date.now() + REVEAL_MS;
    const kept = Number(remembered.read(key)) || latest;
    const until = Math.min(kept, latest);
    remembered.write(key, String(until));
    setEnds(until);
    tick(Date.now());
    const timer = setInterval(() => tick(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [open, key]);
  return open && ends !== null ? { left_ms: Math.max(0, ends - now), ends: new Date(ends) } : null;
}

/** Closes what was opened, when its time is over. */
export function useRevealEnds(): void {
  const session = useSession();
  const { may_write } = useDesk();
  const reveal = useReveal();
  const over = reveal !== null && reveal.left_ms === 0;
  useEffect(() => {
    if (over && may_write) session.send("clock", { kind: "reveal", on: false });
  }, [over, may_write, session]);
}
