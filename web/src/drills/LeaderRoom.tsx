// The room of whoever leads a drill: what the team sees, what is true beside it, and what can be broken. Nothing to note, and
// nothing to score.
import { useState } from "react";
import { useMedia } from "../shared/useMedia";
import { capital, clock } from "../system/format";
import { DRAWN } from "../room/candidate/CandidateRoom";
import { RoomHead } from "../room/candidate/RoomHead";
import { Brief } from "../room/candidate/Brief";
import { Inbox } from "../room/inbox/Inbox";
import { type Fault, paired, comingUp } from "../room/panel/faults";
import { MayContext, Refusals, Sending, useClock } from "../room/parts";
import { EveryElse } from "../room/panel/MapElse";
import { RoomFoot } from "../room/RoomFoot";
import { useRoom, useSession } from "../room/session/hooks";
import { RoomStrips } from "../room/strips/RoomStrips";
import { titled } from "../room/titled";
import { SystemRegion } from "../room/SystemRegion";
import { TruthTable } from "../room/TruthTable";
import { createUi, UiContext } from "../room/ui";
import { useKeys } from "../shared/keys/useKeys";
import type { Drill } from "./api";
import { DrillLine } from "./DrillLine";
import "../room/room.css";
import "./drills.css";

const NONE: never[] = [];

export function LeaderRoom({ drill, leave }: { drill: Drill; leave: () => void }) {
  const [ui] = useState(createUi);
  const [brief, open] = useState(false);
  const drawn = useMedia(DRAWN);
  return (
    <UiContext value={ui}>
      <Keys />
      <div className="rm-room dr-lead" data-led>
        <RoomHead onBrief={() => open(true)} shown={0} onShown={() => undefined} alone leave={{ words: "all drills", go: leave }} />
        <div className="rm-led">
          <DrillLine drill={drill} />
        </div>
        <main className="rm-main" id="main" tabIndex={-1}>
          <div className="rm-left-side">
            <SystemRegion as={drawn ? "picture" : "table"} />
            <div className="rm-strips-place" id="rm-strips">
              <RoomStrips />
            </div>
          </div>
          <div className="dr-right">
            <EveryElse />
            <Faults />
            <Truth />
            <MayContext value={false}>
              <div className="dr-inbox">
                <Inbox />
              </div>
            </MayContext>
            <Deeds />
          </div>
        </main>
        <RoomFoot />
      </div>
      <Brief open={brief ? "brief" : null} onClose={() => open(false)} shown={NONE} about={<p className="muted">This is what your colleagues read.</p>} />
    </UiContext>
  );
}

function Keys() {
  const session = useSession();
  const running = useRoom((state) => state.clock.running);
  const ended = useRoom((state) => state.clock.ended);
  const run = () => session.send("clock", { kind: running ? "pause" : "resume" });
  useKeys([{ id: "drill.pause", name: running ? "Pause" : "Go on", key: "Space", group: "This drill", when: !ended, run }]);
  return null;
}

function Faults() {
  const defs = useRoom((state) => state.hello.faults ?? NONE);
  const states = useRoom((state) => state.faults);
  const ended = useRoom((state) => state.clock.ended);
  const faults = paired(defs, states, () => null);
  const order = [...faults.filter(({ now }) => now.since !== null), ...comingUp(faults).filter(({ now }) => now.since === null)];
  return (
    <section className="dr-faults" aria-labelledby="dr-faults">
      <div className="rm-head">
        <h2 id="dr-faults">What can break</h2>
        <span className="muted small">only you see this</span>
        <span className="rm-head-end">
          <Sending place="fault" />
        </span>
      </div>
      <Refusals place="fault" />
      <ul>
        {order.map((fault) => (
          <OneFault key={fault.def.name} fault={fault} may={!ended} />
        ))}
      </ul>
      {order.length === 0 && <p className="rm-line muted">This scenario names no faults.</p>}
    </section>
  );
}

function OneFault({ fault: { def, now }, may }: { fault: Fault; may: boolean }) {
  const session = useSession();
  const at = useClock();
  const on = now.state === "on";
  return (
    <li>
      <span>
        <b dir="auto">{capital(def.title)}</b>
        <span className="muted small">
          {on && `on since ${at(now.since ?? 0)}${now.until === null ? "" : `, until ${at(now.until)}`}`}
          {!on && (now.since !== null ? `was on from ${at(now.since)}` : plan(def))}
          {now.noticed_at !== null && `; noticed at ${at(now.noticed_at)}`}
        </span>
      </span>
      {may && (
        <span className="dr-fault-deeds">
          {on && now.noticed_at === null && (
            <button type="button" className="link" onClick={() => session.send("fault", { kind: "noticed", fault: def.name })}>
              They noticed
            </button>
          )}
          {on ? (
            <button type="button" className="link" onClick={() => session.send("fault", { kind: "lift", fault: def.name })} aria-label={`Lift: ${def.title}`}>
              Lift it
            </button>
          ) : (
            <button type="button" className="btn" onClick={() => session.send("fault", { kind: "fire", fault: def.name })} aria-label={`Fire: ${def.title}`}>
              Fire
            </button>
          )}
        </span>
      )}
    </li>
  );
}

const plan = ({ planned, lasts_ms }: Fault["def"]): string =>
  [planned && `the plan has it in “${planned.phase_title}”`, lasts_ms > 0 && `lasts ${clock(lasts_ms)}`].filter(Boolean).join("; ");

function Truth() {
  const truth = useRoom((state) => state.truth);
  return (
    <section aria-labelledby="dr-truth">
      <div className="rm-head">
        <h2 id="dr-truth">Truth</h2>
        <span className="muted small">only you see this</span>
      </div>
      {truth ? <TruthTable truth={truth} title="Against what they can see" /> : <p className="rm-line muted">Nothing has been judged yet.</p>}
    </section>
  );
}

const DONE = new Set(["decision", "move", "reply", "answer", "fault", "pause", "resume"]);
const SHOWN = 40;

/** Who did what, the newest first. */
function Deeds() {
  const marks = useRoom((state) => state.marks);
  const faults = useRoom((state) => state.hello.faults ?? NONE);
  const at = useClock();
  const deeds = marks.filter((mark) => mark.who !== "" && DONE.has(mark.kind)).slice(-SHOWN);
  deeds.reverse();
  return (
    <section aria-labelledby="dr-deeds">
      <div className="rm-head">
        <h2 id="dr-deeds">Who did what</h2>
      </div>
      <ol className="dr-deeds-list">
        {deeds.map((mark, place) => (
          <li key={`${mark.seq ?? place} ${mark.v}`}>
            <time>{at(mark.v)}</time>
            <b>{mark.who}</b>
            <span dir="auto">
              {titled(mark.text, faults)}
              {mark.words && mark.words !== mark.text && <q dir="auto">{mark.words}</q>}
            </span>
          </li>
        ))}
      </ol>
      {deeds.length === 0 && <p className="rm-line muted">Nobody has done anything yet.</p>}
    </section>
  );
}
