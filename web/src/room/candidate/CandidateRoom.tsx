// The candidate's room: the system and its figures at the left, what customers say and what one does at the right.
import { lazy, Suspense, useEffect, useState } from "react";
import { useStore } from "../../shared/store";
import { opened, openKeys } from "../../shared/keys/open";
import { useKeyListener, useKeys } from "../../shared/keys/useKeys";
import { useMedia } from "../../shared/useMedia";
import { Inbox } from "../inbox/Inbox";
import { RoomContext, useEntered, useRoom, useSession } from "../session/hooks";
import { RoomSession } from "../session/session";
import { RoomStrips } from "../strips/RoomStrips";
import { SystemRegion } from "../SystemRegion";
import { createUi, PANELS, UiContext, useUiStore } from "../ui";
import { panelKey, Work } from "../workbench/Work";
import { RoomFoot } from "../RoomFoot";
import { TruthTable } from "../TruthTable";
import { Brief } from "./Brief";
import { Guide } from "./Guide";
import { type Leave, RoomHead } from "./RoomHead";
import { Sections } from "./Sections";
import { useLooks } from "./useLooks";
import "../room.css";

const KeysDialog = lazy(() => import("../../shared/keys/KeysDialog"));

export interface CandidateRoomProps {
  /** The room's address, without a slash at its end. */
  base: string;
  /** Under which unsent words are kept in this browser; never the secret of a link. */
  keptAs: string;
  /** What the candidate should know besides the brief: who is with them, what is kept. */
  about?: React.ReactNode;
  /** Material that the interviewers show, in the order of showing. */
  shown?: { id: string; title: string; view: React.ReactNode }[];
  /** A room to try things out in: the candidate is alone there, and a guide leads through it. */
  tutorial?: { onDone: () => void };
  leave?: Leave;
  /** A drill: inside the app, whose keys listen already. Where nobody leads, those who are here begin and set the speed. */
  drill?: { leads: string | null };
  /** A line that is worth seeing now, below the bar. */
  notice?: React.ReactNode;
}

export default function CandidateRoom({ base, keptAs, ...rest }: CandidateRoomProps) {
  return (
    <>
      {!rest.drill && <Listens />}
      <Followed base={base} keptAs={keptAs} {...rest} />
    </>
  );
}

function Listens() {
  useKeyListener();
  return null;
}

function Followed({ base, keptAs, ...rest }: CandidateRoomProps) {
  const [session] = useState(() => new RoomSession({ base, keptAs, follows: true }));
  useEffect(() => session.follow(), [session]);
  const entered = useEntered(session);
  if (!entered) {
    return (
      <main className="rm-opening">
        <p className="muted" role="status">
          Opening the room …
        </p>
      </main>
    );
  }
  return (
    <RoomContext value={session}>
      <Face {...rest} />
    </RoomContext>
  );
}

export const WIDE = "(min-width: 1440px)";
export const DRAWN = "(min-width: 1280px)";

function Face({ about, shown = [], tutorial, leave, drill, notice }: Omit<CandidateRoomProps, "base" | "keptAs">) {
  const first = useFirstOpen();
  const [ui] = useState(() => {
    const made = createUi();
    made.set({ decision: first });
    return made;
  });
  const [dialog, open] = useState<"brief" | "shown" | null>(null);
  const drawn = useMedia(DRAWN);
  const layer = useStore(opened);
  const alone = tutorial !== undefined || drill?.leads === null;
  return (
    <UiContext value={ui}>
      <Keys onBrief={() => open("brief")} alone={alone} within={drill !== undefined} />
      <Looks />
      <div className="rm-room" data-led={tutorial || notice ? true : undefined}>
        <RoomHead onBrief={() => open("brief")} shown={shown.length} onShown={() => open("shown")} alone={alone} leave={leave} />
        {(tutorial || notice) && (
          <div className="rm-led">
            {notice}
            {tutorial && <Guide onDone={tutorial.onDone} />}
          </div>
        )}
        <main className="rm-main">
          <div className="rm-left-side">
            <SystemRegion as={drawn ? "picture" : "table"} />
            <div className="rm-strips-place" id="rm-strips">
              <RoomStrips />
            </div>
          </div>
          <div className="rm-right-side">
            <div className="rm-inbox-place" id="rm-inbox-place">
              <Revealed />
              <Inbox />
            </div>
            <div className="rm-work-place" id="rm-work">
              <Work />
            </div>
          </div>
        </main>
        <RoomFoot />
        <Sections />
      </div>
      <Brief open={dialog} onClose={() => open(null)} about={about} shown={shown} />
      <Suspense fallback={null}>{layer === "keys" && !drill && <KeysDialog />}</Suspense>
    </UiContext>
  );
}

/** What interviewers open to everybody for a while. */
function Revealed() {
  const truth = useRoom((state) => state.revealed);
  if (!truth) return null;
  return (
    <section className="rm-revealed" aria-labelledby="rm-revealed">
      <div className="rm-head">
        <h2 id="rm-revealed">What is true</h2>
        <span className="muted small">opened by your interviewers, for three minutes</span>
      </div>
      <TruthTable truth={truth} title="Against what could be seen" />
    </section>
  );
}

/** The first question that nobody has answered: what a candidate begins with. */
function useFirstOpen(): string | null {
  const session = useSession();
  const state = session.state();
  return state?.decisions.find((one) => one.state === "as_found")?.name ?? state?.hello.questions[0]?.name ?? null;
}

function Looks() {
  useLooks();
  return null;
}

const GROUP = "This room";

function Keys({ onBrief, alone, within }: { onBrief: () => void; alone: boolean; within: boolean }) {
  const session = useSession();
  const ui = useUiStore();
  const running = useRoom((state) => state.clock.running);
  const under_way = useRoom((state) => !state.clock.ended && (alone || state.clock.running || state.clock.v > state.hello.opens));
  useKeys([
    ...PANELS.map(({ name, title }, place) => ({ ...panelKey(place), name: title, group: GROUP, run: () => ui.set({ panel: name }) })),
    { id: "room.brief", name: "Read the brief", key: "b", group: GROUP, run: onBrief },
    {
      id: "room.pause",
      name: running ? "Pause" : "Go on",
      key: "Space",
      group: GROUP,
      when: under_way,
      run: () => session.send("clock", { kind: running ? "pause" : "resume" }),
    },
    {
      id: "room.find",
      name: "Find traces",
      key: "f",
      group: GROUP,
      run: () => {
        ui.set({ panel: "traces" });
        requestAnimationFrame(() => document.getElementById("rm-find-traces")?.focus());
      },
    },
    { id: "room.let-go", name: "Let go of the focus", key: "Escape", group: GROUP, run: () => letGo(ui) },
    ...(within ? [] : [{ id: "room.keys", name: "Show and change keys", key: "?", group: GROUP, run: openKeys }]),
  ]);
  return null;
}

/** One thing at a time: the part of the time first, then the box. */
function letGo(ui: ReturnType<typeof useUiStore>): void {
  const { zoom, cursor } = ui.store.get();
  if (zoom !== null || cursor !== null) ui.set({ zoom: null, cursor: null });
  else ui.set({ focus: null });
}
