// Who may touch the room: whoever holds the interview. A shadow watches, listens and notes.
import { useDesk } from "../../interview/desk/desk";

export function useActs(): boolean {
  const { interview, may_write } = useDesk();
  return may_write && interview.you !== "shadow";
}
