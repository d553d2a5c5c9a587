// Tells the room which panel is open, so that interviewers know what is being looked at. No pointer and no keystroke is told.
import { useEffect } from "react";
import { useSession } from "../session/hooks";
import { useUi } from "../ui";

const PAUSE_MS = 400;

export function useLooks(): void {
  const session = useSession();
  const panel = useUi((ui) => ui.panel);
  const decision = useUi((ui) => (ui.panel === "decisions" ? ui.decision : null));
  const focus = useUi((ui) => ui.focus);
  useEffect(() => {
    const timer = setTimeout(() => session.send("look", { kind: "look", panel, decision, focus }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [session, panel, decision, focus]);
}
