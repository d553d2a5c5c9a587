// The interviewer's desk: left what to say, middle what to hear, right what to keep. Chooses the
// layout by width and hands every region what it needs; the regions draw themselves.
import { useState } from "react";
import type { Interview, Kit, PersonRef } from "../../api/types";
import { LinkDialog } from "../../shared/LinkDialog";
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
import type { Outbox } from "../outbox/outbox";
import type { DraftBox } from "../record/draft";
import type { Row } from "../record/fold";
import type { Session } from "../session/session";
import { After } from "./After";
import { Before } from "./Before";
import { DeskContext, PHONE, scrolls, useDesk, useMedia, useView, WIDE } from "./desk";
import { useDeskKeys } from "./deskKeys";
import { Head } from "./Head";
import { PrintRecord } from "./PrintRecord";
import { Strip } from "./Strip";
import { Touch } from "./Touch";
import { useParts } from "./useParts";
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

export function Desk({ outbox, ...given }: Props) {
  const { parts, said } = useParts(given);
  if (!parts) return <NothingToAsk interview={given.interview} kit={given.kit} />;
  return (
    <DeskContext value={parts}>
      <Board outbox={outbox} said={said} />
    </DeskContext>
  );
}

/** The kit that this server has now knows none of what the interview would ask. */
export function NothingToAsk({ interview, kit }: { interview: Interview; kit: Kit }) {
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
