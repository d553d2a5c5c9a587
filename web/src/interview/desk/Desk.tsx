// The interviewer's desk: left what to say, middle what to hear, right what to keep. Chooses the
// layout by width and hands every region what it needs; the regions draw themselves.
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Interview, Kit, PersonRef } from "../../api/types";
import { LinkDialog } from "../../shared/LinkDialog";
import { connection } from "../../shared/connection";
import { Page } from "../../shared/Page";
import { AskRegion } from "../ask/AskRegion";
import { AttachDialog } from "../dialogs/AttachDialog";
import { EndDialog } from "../dialogs/EndDialog";
import { PaperDialog } from "../dialogs/PaperDialog";
import { PhasesDialog } from "../dialogs/PhasesDialog";
import { RefusedDialog } from "../dialogs/RefusedDialog";
import { NoteSheet, SignalsSheet } from "../dialogs/Sheets";
import { ListenRegion } from "../listen/ListenRegion";
import { Log } from "../note/Log";
import { NoteForm } from "../note/NoteForm";
import { Pencil } from "../note/Pencil";
import { PencilBox } from "../note/pencil";
import type { Outbox } from "../outbox/outbox";
import type { DraftBox } from "../record/draft";
import type { Row } from "../record/fold";
import type { Session } from "../session/session";
import { After } from "./After";
import { Before } from "./Before";
import { deedsOf } from "./deeds";
import { DeskContext, type Desk as DeskParts, type DialogName, PHONE, scrolls, useDesk, useMedia, useView, WIDE } from "./desk";
import { useDeskKeys } from "./deskKeys";
import { Head } from "./Head";
import { PrintRecord } from "./PrintRecord";
import { Strip } from "./Strip";
import { Touch } from "./Touch";
import { guardVeil } from "./veil";
import "./desk.css";
import "./regions.css";
import "./phone.css";
import "./print.css";

interface Props {
  interview: Interview;
  kit: Kit;
  me: PersonRef;
  session: Session;
  draft: DraftBox;
  outbox: Outbox;
}

export function Desk({ interview, kit, me, session, draft, outbox }: Props) {
  const view = useView(session);
  const [looked, look] = useState<string | null>(null);
  const [picked, pick] = useState<string | null>(null);
  const [chosen, choose] = useState(0);
  const [dialog, open] = useState<DialogName | null>(null);
  const [said, setSaid] = useState("");
  // The same words twice are spoken twice: a trailing space makes the second another text.
  const say = useCallback((words: string) => setSaid((before) => (before === words ? `${words} ` : words)), []);
  const deeds = useMemo(() => deedsOf({ interview, kit, session, say }), [interview, kit, session, say]);
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
  if (!at || !area) {
    return (
      <Page title={interview.title}>
        <div className="wrap plain-page">
          <h1 className="title">This interview has nothing to ask.</h1>
          <p className="reading muted">
            Its areas are not in the kit that this server has now ({kit.id} {kit.version}). Start the server with the kit
            that the interview was made with: {interview.kit_hash}.
          </p>
        </div>
      </Page>
    );
  }
  const parts: DeskParts = {
    interview, kit, me, session, draft, pencil, deeds, at, area, look, picked, pick, chosen, choose, dialog, open, say,
    may_write: interview.you !== "reader" && !interview.scorecard_submitted,
    looking: running !== undefined && at.id !== running.id,
  };
  return (
    <DeskContext value={parts}>
      <Board outbox={outbox} said={said} />
    </DeskContext>
  );
}

function Board({ outbox, said }: { outbox: Outbox; said: string }) {
  const { interview, dialog, may_write, open } = useDesk();
  const { clock: now, live } = useView();
  const wide = useMedia(WIDE);
  const phone = useMedia(PHONE);
  const [undone, setUndone] = useState<Row | null>(null);
  useDeskKeys(setUndone);
  const planned = now.state === "planned";
  const ended = now.state === "ended";

  const status = planned ? <Before /> : ended ? <After /> : null;
  const note = !planned && may_write && (
    <section className="note" aria-label="Note">
      <NoteForm />
    </section>
  );
  const log = (
    <section className="region log-region" aria-label="Record" {...scrolls}>
      <Log undone={undone} onUndone={setUndone} />
    </section>
  );
  const pencil = !planned && may_write && <Pencil />;

  return (
    <>
      <Page
        title={interview.title}
        fixed={!phone}
        className={`desk ${wide ? "desk-wide" : phone ? "desk-phone" : "desk-mid"}`}
        footEnd={live.next}
        bar={
          <>
            <Head />
            <Strip />
          </>
        }
      >
        {wide && (
          <>
            <AskRegion />
            <ListenRegion />
            <div className="record">
              {status}
              {note}
              {!planned && log}
              {pencil}
            </div>
          </>
        )}
        {!wide && !phone && (
          <>
            <div className="column lead">
              <AskRegion />
              {!planned && log}
            </div>
            <div className="column side">
              {status}
              {note}
              <ListenRegion />
              {pencil}
            </div>
          </>
        )}
        {phone && (
          <>
            {status}
            <AskRegion />
            {planned ? <ListenRegion /> : log}
            {pencil}
            <Touch />
          </>
        )}
      </Page>
      <p className="vh" role="status">
        {said}
      </p>
      <p className="curtain" aria-hidden="true">
        Seatrial
      </p>
      <PrintRecord />
      {dialog === "phases" && <PhasesDialog />}
      {dialog === "link" && <LinkDialog interview={interview.id} links={interview.links} onClose={() => open(null)} />}
      {dialog === "attach" && <AttachDialog />}
      {dialog === "end" && <EndDialog />}
      {dialog === "paper" && <PaperDialog />}
      {dialog === "refused" && <RefusedDialog outbox={outbox} />}
      {dialog === "signals" && <SignalsSheet />}
      {dialog === "note" && <NoteSheet />}
    </>
  );
}
