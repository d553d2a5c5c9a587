// The interviewer's room: at the left what to do, in the middle what the candidate sees and the note, at the right, unfolded
// when it is wanted, what is true and what happened; below, the time.
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Interview, Kit, PersonRef } from "../../api/types";
import { After } from "../../interview/desk/After";
import { Before } from "../../interview/desk/Before";
import type { Deeds } from "../../interview/desk/deeds";
import { NothingToAsk } from "../../interview/desk/Desk";
import { DeskContext, PHONE, useDesk, useView } from "../../interview/desk/desk";
import { useDeskKeys } from "../../interview/desk/deskKeys";
import { PrintRecord } from "../../interview/desk/PrintRecord";
import { useParts } from "../../interview/desk/useParts";
import { AttachDialog } from "../../interview/dialogs/AttachDialog";
import { EndDialog } from "../../interview/dialogs/EndDialog";
import { PaperDialog } from "../../interview/dialogs/PaperDialog";
import { PhasesDialog } from "../../interview/dialogs/PhasesDialog";
import { RefusedDialog } from "../../interview/dialogs/RefusedDialog";
import { NoteSheet, SignalsSheet } from "../../interview/dialogs/Sheets";
import { Pencil } from "../../interview/note/Pencil";
import type { Outbox } from "../../interview/outbox/outbox";
import type { DraftBox } from "../../interview/record/draft";
import type { Row } from "../../interview/record/fold";
import type { Session } from "../../interview/session/session";
import { Foot } from "../../shared/Foot";
import { LinkDialog } from "../../shared/LinkDialog";
import { useMedia } from "../../shared/useMedia";
import { useTitle } from "../../shared/useTitle";
import { LineWords, SentWords } from "../RoomFoot";
import { useSession } from "../session/hooks";
import { createUi, UiContext } from "../ui";
import { AgainDialog } from "./AgainDialog";
import { Faults } from "./Faults";
import { Lead, SignalPart } from "./Lead";
import { DRAWN, Middle, type MiddleView } from "./Middle";
import { PanelHead } from "./PanelHead";
import { PanelKeys } from "./panelKeys";
import { RecordPart } from "./RecordPart";
import { RevealPart } from "./RevealPart";
import { TimeLine } from "./TimeLine";
import { TruthPart } from "./TruthPart";
import { VoidDialog } from "./VoidDialog";
import "../../interview/desk/desk.css";
import "../../interview/desk/regions.css";
import "../../interview/desk/phone.css";
import "../../interview/desk/print.css";
import "../room.css";
import "./panel.css";

interface Props {
  interview: Interview;
  kit: Kit;
  me: PersonRef;
  session: Session;
  draft: DraftBox;
  outbox: Outbox;
}

export function PanelRoom({ outbox, ...given }: Props) {
  const room = useSession();
  // Space is the room's clock; the interview's own begins with it and goes on, as the wall's does.
  const also = useCallback(
    (deeds: Deeds): Deeds => ({
      ...deeds,
      toggleClock() {
        if (given.session.view().clock.state === "planned") return deeds.toggleClock();
        if (given.interview.you === "shadow") return;
        const clock = room.state()?.clock;
        if (clock && !clock.ended) room.send("clock", { kind: clock.running ? "pause" : "resume" });
      },
      end() {
        deeds.end();
        room.send("clock", { kind: "end" });
      },
    }),
    [given.session, given.interview.you, room],
  );
  const { parts, said } = useParts({ ...given, also });
  const [ui] = useState(createUi);
  useMoments(given.session);
  if (!parts) return <NothingToAsk interview={given.interview} kit={given.kit} />;
  return (
    <DeskContext value={parts}>
      <UiContext value={ui}>
        <Board outbox={outbox} said={said} />
      </UiContext>
    </DeskContext>
  );
}

/** Every entry of the interview that is written here carries the room's moment. */
function useMoments(session: Session): void {
  const room = useSession();
  useEffect(() => {
    session.moment = () => {
      const take = room.state()?.hello.take.id;
      return take === undefined ? null : { take, seq: room.seq(), v: Math.round(room.v()) };
    };
    return () => {
      session.moment = () => null;
    };
  }, [session, room]);
}

export type Side = "truth" | "record";
/** What is asked before it is done. */
export type Asked = "void" | "again";

function Board({ outbox, said }: { outbox: Outbox; said: string }) {
  const { interview, dialog, open, may_write } = useDesk();
  const { clock: held } = useView();
  const phone = useMedia(PHONE);
  // Beside a video call there is no room for a picture; the record stays.
  const beside = !useMedia(DRAWN);
  const [sides, setSides] = useState<ReadonlySet<Side>>(new Set());
  const [view, setView] = useState<MiddleView>("figures");
  const [asked, ask] = useState<Asked | null>(null);
  const [undone, setUndone] = useState<Row | null>(null);
  useTitle(interview.title);
  const toggle = (side: Side) => setSides((before) => toggled(before, side));
  const status = useMemo(() => (held.state === "planned" ? <Before /> : held.state === "ended" ? <After /> : null), [held.state]);
  const pencil = held.state !== "planned" && may_write;
  return (
    <>
      <DeskKeys undone={setUndone} />
      <PanelKeys toggle={toggle} view={view} setView={setView} ask={ask} />
      <div className="rm-room rm-panelroom" data-sides={sides.size > 0 || undefined}>
        <a className="skip" href="#main">
          Skip to the content
        </a>
        <PanelHead ask={ask} />
        <main id="main" tabIndex={-1} className="rm-panel-main">
          <div className="rm-lead rm-secret">
            <Lead status={status} />
            {held.state !== "planned" && <SignalPart />}
            {pencil && (
              <details className="rm-pencil" id="rm-pencil">
                <summary className="small muted">Pencilled levels</summary>
                <Pencil />
              </details>
            )}
            <RevealPart />
            <Faults />
          </div>
          <Middle view={view} setView={setView} phone={phone}>
            {beside && !phone && !sides.has("record") && <RecordPart undone={undone} onUndone={setUndone} />}
          </Middle>
          {sides.size > 0 && (
            <div className="rm-sides rm-secret">
              {sides.has("truth") && <TruthPart onFold={() => toggle("truth")} />}
              {sides.has("record") && <RecordPart onFold={() => toggle("record")} undone={undone} onUndone={setUndone} />}
            </div>
          )}
        </main>
        <TimeLine />
        <div className="rm-panel-foot rm-secret">
          <Foot
            end={
              <>
                <LineWords />
                <SentWords />
              </>
            }
          />
        </div>
      </div>
      <p className="vh" role="status">
        {said}
      </p>
      <PrintRecord />
      {asked === "void" && <VoidDialog onClose={() => ask(null)} />}
      {asked === "again" && <AgainDialog onClose={() => ask(null)} />}
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

/** A part of its own, before the room's keys: of two that share a key, the one offered later has it. */
function DeskKeys({ undone }: { undone: (row: Row | null) => void }) {
  useDeskKeys(undone);
  return null;
}

function toggled(before: ReadonlySet<Side>, side: Side): ReadonlySet<Side> {
  const next = new Set(before);
  if (!next.delete(side)) next.add(side);
  return next;
}
