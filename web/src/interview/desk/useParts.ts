// Everything that the regions of an interview need, put together once: deeds, pencilled levels, the phase on screen, what is open.
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Interview, Kit, PersonRef } from "../../api/types";
import { connection } from "../../shared/connection";
import { PencilBox } from "../note/pencil";
import type { DraftBox } from "../record/draft";
import type { Session } from "../session/session";
import { deedsOf, type Deeds } from "./deeds";
import { type Desk as DeskParts, type DialogName, useView } from "./desk";
import { guardVeil } from "./veil";

interface Given {
  interview: Interview;
  kit: Kit;
  me: PersonRef;
  session: Session;
  draft: DraftBox;
  /** What else its deeds do where an interview is held over a running system. */
  also?: (deeds: Deeds) => Deeds;
}

/** `parts` is null when the interview asks of an area that this kit does not have. `said` is for ears. */
export function useParts({ interview, kit, me, session, draft, also }: Given): { parts: DeskParts | null; said: string } {
  const view = useView(session);
  const [looked, look] = useState<string | null>(null);
  const [picked, pick] = useState<string | null>(null);
  const [chosen, choose] = useState(0);
  const [dialog, open] = useState<DialogName | null>(null);
  const [said, setSaid] = useState("");
  // The same words twice are spoken twice: a trailing space makes the second another text.
  const say = useCallback((words: string) => setSaid((before) => (before === words ? `${words} ` : words)), []);
  const deeds = useMemo(() => {
    const own = deedsOf({ interview, kit, session, say });
    return also ? also(own) : own;
  }, [interview, kit, session, say, also]);
  const [pencil] = useState(() => new PencilBox(me.id, interview.id, interview.pencilled));
  useEffect(() => {
    void pencil.flush();
    return connection.subscribe(() => void (connection.get().online && pencil.flush()));
  }, [pencil]);
  useEffect(guardVeil, []);

  const first = interview.agenda[0];
  const running = interview.agenda.find((phase) => phase.id === view.clock.phase) ?? first;
  const at = interview.agenda.find((phase) => phase.id === looked) ?? running;
  const area = kit.areas.find((one) => one.id === at?.area);
  useEffect(() => {
    choose(0);
    pick(null);
  }, [at?.id]);
  if (!at || !area) return { parts: null, said };
  const parts: DeskParts = {
    interview, kit, me, session, draft, pencil, deeds, at, area, look, picked, pick, chosen, choose, dialog, open, say,
    may_write: interview.you !== "reader" && !interview.scorecard_submitted,
    looking: running !== undefined && at.id !== running.id,
  };
  return { parts, said };
}
