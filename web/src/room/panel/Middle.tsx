// What the candidate sees, as they see it and changed by nobody: the picture, the figures or their open panel; and the note.
import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { NoteForm } from "../../interview/note/NoteForm";
import { NOTE_KEY } from "../../interview/desk/deskKeys";
import { useDesk, useView } from "../../interview/desk/desk";
import { keyLabel } from "../../shared/keys/match";
import { useKeyName } from "../../shared/keys/useKeys";
import { useMedia } from "../../shared/useMedia";
import { clock } from "../../system/format";
import { Inbox } from "../inbox/Inbox";
import { MayContext } from "../parts";
import { useRoom, useSeconds } from "../session/hooks";
import { RoomStrips } from "../strips/RoomStrips";
import { SystemRegion } from "../SystemRegion";
import { createUi, PANELS, UiContext } from "../ui";
import { Work } from "../workbench/Work";
import { useFaults } from "./Faults";

export type MiddleView = "figures" | "work";

export const VIEW_KEY = { id: "room.view", key: "v" };

interface Props {
  view: MiddleView;
  setView: (view: MiddleView) => void;
  phone: boolean;
  /** Below the note. */
  children?: ReactNode;
}

export const DRAWN = "(min-width: 1100px)";

export function Middle({ view, setView, phone, children }: Props) {
  const { interview, may_write } = useDesk();
  const { clock: held } = useView();
  const drawn = useMedia(DRAWN);
  const first = interview.candidate_name?.split(" ")[0] || "the candidate";
  const key = useKeyName(VIEW_KEY);
  const noteKey = useKeyName(NOTE_KEY);
  const struck = useStruck();
  return (
    <div className="rm-middle">
      {drawn && (
        <SystemRegion
          as="picture"
          title={`What ${first} sees`}
          says={<Looks />}
          struck={struck}
          small
          end={
            <button type="button" className="link small rm-secret" onClick={() => setView(view === "figures" ? "work" : "figures")}>
              {view === "figures" ? "their work" : "figures"} {key && <span className="mono">{keyLabel(key)}</span>}
            </button>
          }
        />
      )}
      {view === "work" && drawn ? (
        <TheirWork />
      ) : (
        <div className="rm-strips-place">
          <RoomStrips short marksTitle="Marks" most={drawn ? 8 : 3} fixedHeight={drawn ? undefined : 40} />
        </div>
      )}
      {may_write && held.state !== "planned" && (
        <section className="rm-note rm-secret" aria-label="Note">
          <h2 className="rm-note-title">{noteKey && <kbd>{keyLabel(noteKey)}</kbd>} Note</h2>
          <NoteForm touch={phone} moment={<NoteMoment />} />
        </section>
      )}
      {children}
    </div>
  );
}

/** The room's time of the note: what runs, until the first keystroke holds it. */
function NoteMoment() {
  const { draft } = useDesk();
  const now = useSyncExternalStore(draft.subscribe, draft.snapshot, draft.snapshot);
  const seconds = useSeconds();
  const opens = useRoom((state) => state.hello.opens);
  return clock(now.moment ? (now.moment.v - opens) / 1e6 : seconds * 1000);
}

/** Which panel the candidate has open. No pointer and no keystroke is known. */
function Looks() {
  const looks = useRoom((state) => state.looks);
  const questions = useRoom((state) => state.hello.questions);
  const drawn = useRoom((state) => state.hello.picture);
  if (!looks) return <span className="rm-secret">has not opened the room yet</span>;
  const title = PANELS.find((one) => one.name === looks.panel)?.title ?? "";
  const place = questions.findIndex((one) => one.name === looks.decision);
  const question = questions[place];
  const focus = looks.focus === null ? "" : `, ${drawn.boxes[looks.focus]?.name ?? ""} in focus`;
  return (
    <span className="rm-secret">
      {title} open{question ? `, at ${place + 1} of ${questions.length}: ${question.ask}` : ""}
      {focus}
    </span>
  );
}

/** Their inbox and their panel, following them; nothing here can be pressed in their place. */
function TheirWork() {
  const looks = useRoom((state) => state.looks);
  const [ui] = useState(createUi);
  useEffect(() => {
    const panel = PANELS.find((one) => one.name === looks?.panel)?.name;
    if (looks && panel) ui.set({ panel, decision: looks.decision, focus: looks.focus });
  }, [ui, looks]);
  return (
    <MayContext value={false}>
      <UiContext value={ui}>
        <div className="rm-their-work">
          <Inbox />
          <Work />
        </div>
      </UiContext>
    </MayContext>
  );
}

/** `fault since 9:00`, beside what is struck. */
function useStruck(): ReadonlyMap<number, string> {
  const faults = useFaults();
  const opens = useRoom((state) => state.hello.opens);
  const words = faults
    .flatMap(({ def, now }) =>
      now.state === "on" && now.since !== null ? def.boxes.map((box) => `${box} fault since ${clock((now.since! - opens) / 1e6)}`) : [],
    )
    .join("\n");
  const kept = useRef<ReadonlyMap<number, string>>(new Map());
  return useMemo(() => {
    const lines = words === "" ? [] : words.split("\n");
    kept.current = new Map(lines.map((line) => [Number(line.split(" ", 1)[0]), line.slice(line.indexOf(" ") + 1)]));
    return kept.current;
  }, [words]);
}
