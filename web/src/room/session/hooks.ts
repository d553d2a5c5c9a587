// How components read the room: each picks what it shows, and is drawn again when that changed and only then.
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Kept } from "./outbox";
import type { RoomSession } from "./session";
import type { LineNow, RoomState } from "./state";

export const RoomContext = createContext<RoomSession | null>(null);

export function useSession(): RoomSession {
  const session = useContext(RoomContext);
  if (!session) throw new Error("This part stands in a room only.");
  return session;
}

/** Inside a room there is always a state: the page draws nothing of it before the first hello. */
export function useRoom<Value>(pick: (state: RoomState) => Value): Value {
  const session = useSession();
  const read = () => {
    const state = session.state();
    if (!state) throw new Error("The room has not been entered yet.");
    return pick(state);
  };
  return useSyncExternalStore(session.subscribe, read, read);
}

export function useEntered(session: RoomSession): boolean {
  const read = () => session.state() !== null;
  return useSyncExternalStore(session.subscribe, read, read);
}

export function useLine(): LineNow {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.line, session.line);
}

const TICK_MS = 100;

/** Whole seconds of virtual time since the opening; drawn again when a second has passed. */
export function useSeconds(): number {
  const session = useSession();
  return useTicking(() => Math.floor((session.v() - (session.state()?.hello.opens ?? 0)) / 1e9 + 1e-6));
}

/** Anything that follows the clock between frames; drawn again when the picked value changed. */
export function useTicking<Value>(read: () => Value): Value {
  const session = useSession();
  return useSyncExternalStore(
    (tick) => {
      const off = session.subscribe(tick);
      const timer = setInterval(tick, TICK_MS);
      return () => {
        off();
        clearInterval(timer);
      };
    },
    read,
    read,
  );
}

export interface PlaceNow {
  waiting: number;
  rejected: readonly Kept[];
}

const QUIET: PlaceNow = { waiting: 0, rejected: [] };

/** What became of the commands that were made at one place of the page. */
export function usePlace(place: string): PlaceNow {
  const { outbox } = useSession();
  const { kept } = useSyncExternalStore(outbox.subscribe, outbox.view, outbox.view);
  const mine = kept.filter((one) => one.place === place);
  if (mine.length === 0) return QUIET;
  return { waiting: mine.filter((one) => one.rejected === null).length, rejected: mine.filter((one) => one.rejected !== null) };
}

export function useOutbox(): { waiting: number; unreachable: boolean } {
  const { outbox } = useSession();
  const { kept, unreachable } = useSyncExternalStore(outbox.subscribe, outbox.view, outbox.view);
  return { waiting: kept.filter((one) => one.rejected === null).length, unreachable };
}
