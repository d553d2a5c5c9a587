// What every region of the interviewer's desk needs to know, handed down in one context: the
// interview, its kit, the session, where the clock is, and which phase is being looked at.
import { createContext, useContext, useSyncExternalStore, type KeyboardEvent } from "react";
import type { AgendaPhase, Area, Id, Interview, Kit, PersonRef } from "../../api/types";
import type { PencilBox } from "../note/pencil";
import type { DraftBox } from "../record/draft";
import type { Session, View } from "../session/session";
import type { Deeds } from "./deeds";

export { useMedia } from "../../shared/useMedia";

export type DialogName = "phases" | "link" | "attach" | "end" | "refused" | "paper" | "signals" | "note";

export interface Desk {
  interview: Interview;
  kit: Kit;
  me: PersonRef;
  session: Session;
  draft: DraftBox;
  pencil: PencilBox;
  deeds: Deeds;
  /** Readers and ended interviews change nothing; notes may still be added to an ended one. */
  may_write: boolean;
  /** The phase on screen: the clock's, unless another one is being looked at. */
  at: AgendaPhase;
  /** The area of `at`. */
  area: Area;
  /** True when `at` is not the clock's phase. */
  looking: boolean;
  look: (phase: Id | null) => void;
  /** The heard signal whose choices are open. */
  picked: string | null;
  pick: (signal: string | null) => void;
  /** Place in the list of fitting follow-ups that `Q` would mark. */
  chosen: number;
  choose: (place: number) => void;
  dialog: DialogName | null;
  open: (dialog: DialogName | null) => void;
  /** Speaks a change that eyes can see elsewhere. */
  say: (words: string) => void;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("This part stands on the interviewer's desk only.");
  return desk;
}

export function useView(session?: Session): View {
  const mine = useContext(DeskContext)?.session;
  const one = session ?? mine;
  if (!one) throw new Error("There is no session to look at.");
  return useSyncExternalStore(one.subscribe, one.view, one.view);
}

/** The interview's clock, in whole seconds as milliseconds; draws again once a second. */
export function useElapsed(session: Session): number {
  return useSyncExternalStore(
    (tick) => {
      const off = session.subscribe(tick);
      const timer = setInterval(tick, 250);
      return () => {
        off();
        clearInterval(timer);
      };
    },
    () => Math.floor(session.elapsed() / 1000) * 1000,
  );
}

/**
 * For a region that scrolls: reachable by keyboard, and while it has the focus itself the arrows move
 * it instead of choosing follow-ups.
 */
export const scrolls = {
  tabIndex: 0,
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
    if (event.target === event.currentTarget && event.key.startsWith("Arrow")) event.stopPropagation();
  },
};

export const PHONE = "(max-width: 699px)";
export const WIDE = "(min-width: 1200px)";

/** The key of a signal: its place in its area, from 1. */
export function signalKey(area: Area, signal: string): string {
  const place = area.signals.findIndex((one) => one.id === signal);
  return place === -1 ? "?" : String(place + 1);
}

export function initialsOf(interview: Interview, view: View, person: Id): { initials: string; name: string } {
  const known =
    interview.people.find((one) => one.person.id === person)?.person ??
    view.live.present.find((one) => one.id === person);
  return known ?? { initials: "··", name: "somebody else" };
}
