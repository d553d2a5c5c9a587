// The session of a replay, for parts that need the film and not the room alone.
import { createContext, useContext } from "react";
import type { ReplaySession } from "./session";

export const ReplayContext = createContext<ReplaySession | null>(null);

export function useReplaySession(): ReplaySession {
  const session = useContext(ReplayContext);
  if (!session) throw new Error("This part stands in a replay only.");
  return session;
}
