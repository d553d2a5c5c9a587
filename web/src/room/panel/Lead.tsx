// What to do now: the phase and what is left of it, the next step, the prompt, at most three follow-ups; and the signals by number.
import type { ReactNode } from "react";
import { NextPhase, Areas, Looking, ReadMark, usePrompts } from "../../interview/ask/AskRegion";
import { FollowUps } from "../../interview/ask/FollowUps";
import { Exercises } from "../../interview/ask/Exercises";
import { Hints } from "../../interview/ask/Hints";
import { MaterialList } from "../../interview/ask/MaterialList";
import { Regrets } from "../../interview/ask/Regrets";
import { scrolls, useDesk, useElapsed, useView } from "../../interview/desk/desk";
import { HeardCount } from "../../interview/listen/ListenRegion";
import { RedFlags } from "../../interview/listen/RedFlags";
import { Signals } from "../../interview/listen/Signals";
import { leftOf } from "../../interview/record/clock";
import { Prose } from "../../kit/parts";
import { MapElse } from "./MapElse";

export function Lead({ status }: { status: ReactNode }) {
  const { interview, at, looking, area } = useDesk();
  const { live } = useView();
  return (
    <section className="rm-lead-scroll" aria-label="Lead" {...scrolls}>
      <PhaseHead />
      {status && <div className="rm-status">{status}</div>}
      {interview.areas.length > 1 && <Areas />}
      {looking && <Looking />}
      <div className="rm-next">
        <p className="reading">
          <b dir="auto">{live.next || at.aim}</b>
        </p>
        {live.next && (
          <p className="muted pretty" dir="auto">
            {at.aim}
          </p>
        )}
        <NextPhase />
      </div>
      <MapElse />
      <Prompts />
      <Exercises phase={at} area={area} />
      <FollowUps />
      <Hints />
      <Regrets />
      <RedFlags />
      <MaterialList />
    </section>
  );
}

/** Always in sight: a digit marks what was just heard. */
export function SignalPart() {
  return (
    <section className="rm-signals" aria-labelledby="rm-signals" tabIndex={0}>
      <div className="region-head">
        <h2 id="rm-signals">Signals</h2>
        <HeardCount />
      </div>
      <Signals form="short" />
    </section>
  );
}

function PhaseHead() {
  const { interview, at, session } = useDesk();
  const { clock: held } = useView();
  const elapsed = useElapsed(session);
  const place = interview.agenda.findIndex((one) => one.id === at.id);
  const running = held.phase === at.id && held.state !== "ended" && held.state !== "planned";
  const left = leftOf(at.minutes * 60_000, elapsed - (held.phase_entered_ms ?? 0));
  return (
    <div className="rm-phase">
      <h2 dir="auto">{at.title}</h2>
      <span className="muted small nowrap">
        phase {place + 1} of {interview.agenda.length}
      </span>
      <span className="end nowrap">
        <b>{running ? left.text : `${at.minutes}:00`}</b> <span className="muted">{running ? (left.over ? "over" : "left") : "planned"}</span>
      </span>
    </div>
  );
}

/** Read aloud while it is new; afterwards it folds away and stays at hand. */
function Prompts() {
  const { at } = useDesk();
  const prompts = usePrompts();
  const own = at.prompts.length > 0;
  if (prompts.length === 0) return null;
  return (
    <details className="fold rm-prompt" open={own} key={at.id}>
      <summary>Read aloud</summary>
      {prompts.map((one) => (
        <div className="prompt-block" key={one.id}>
          <Prose className={own ? "prompt" : "prompt carried"} text={one.text} />
          {one.note && <Prose className="small muted pretty" text={one.note} />}
          <ReadMark prompt={one} />
        </div>
      ))}
    </details>
  );
}
