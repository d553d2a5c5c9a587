// What to say: the area and phase, the prompt to read aloud, the follow-ups that fit now, hints, and
// what can be put on the candidate's screen.
import type { Prompt } from "../../api/types";
import { Prose } from "../../kit/parts";
import { Kbd } from "../../shared/Kbd";
import { useKeyName } from "../../shared/keys/useKeys";
import { clock } from "../../shared/time";
import { NEXT_KEY, READ_KEY } from "../desk/deskKeys";
import { scrolls, useDesk, useView } from "../desk/desk";
import { firsts } from "../record/fold";
import { FollowUps } from "./FollowUps";
import { Hints } from "./Hints";
import { Exercises } from "./Exercises";
import { Regrets } from "./Regrets";
import { MaterialList } from "./MaterialList";

export function AskRegion() {
  const { interview, at, looking, area } = useDesk();
  const prompts = usePrompts();
  const only = prompts.length === 1 ? prompts[0] : undefined;
  const own = at.prompts.length > 0;
  return (
    <section className="region ask" aria-labelledby="ask-title" {...scrolls}>
      {interview.areas.length > 1 && <Areas />}
      {looking && <Looking />}
      <div className="region-head">
        <h2 id="ask-title">Ask</h2>
        <span className="muted small">
          {at.title}, {at.minutes} {at.minutes === 1 ? "minute" : "minutes"}
        </span>
        {only && <ReadMark prompt={only} />}
      </div>
      <div className="aim small muted">
        <p className="pretty" dir="auto">
          {at.aim}
        </p>
        <NextPhase />
      </div>
      {prompts.map((one) => (
        <div className="prompt-block" key={one.id}>
          <Prose className={own ? "prompt" : "prompt carried"} text={one.text} />
          {one.note && <Prose className="small muted pretty" text={one.note} />}
          {!only && <ReadMark prompt={one} />}
        </div>
      ))}
      <Exercises phase={at} area={area} />
      <FollowUps />
      <Hints />
      <Regrets />
      <MaterialList />
    </section>
  );
}

/** The areas of a plan; each leads to its phase that was held last, or to its first. */
export function Areas() {
  const { interview, kit, area, look } = useDesk();
  const { clock: now, rows } = useView();
  const phaseOf = (id: string): string | null => {
    const running = interview.agenda.find((phase) => phase.id === now.phase);
    if (running?.area === id) return null;
    const held = rows.findLast((row) => row.body.kind === "phase" && row.body.phase.startsWith(`${id}/`));
    if (held?.body.kind === "phase") return held.body.phase;
    return interview.agenda.find((phase) => phase.area === id)?.id ?? null;
  };
  const running = interview.agenda.find((phase) => phase.id === now.phase)?.area;
  return (
    <div className="areas" role="group" aria-label="Areas of this interview">
      {interview.areas.map((id) => {
        const one = kit.areas.find((candidate) => candidate.id === id);
        return (
          <button key={id} type="button" aria-pressed={id === area.id} onClick={() => look(phaseOf(id))}>
            {one?.short ?? id}
            {id === running && <span className="small muted"> now</span>}
          </button>
        );
      })}
    </div>
  );
}

export function Looking() {
  const { at, look, deeds, may_write, interview } = useDesk();
  const { clock: now } = useView();
  const there = interview.agenda.find((phase) => phase.id === now.phase);
  const movable = may_write && (now.state === "running" || now.state === "paused");
  return (
    <div className="looking">
      <span>
        {there ? (
          <>
            You are looking at {at.title}; the clock is in <b>{there.title}</b>.
          </>
        ) : (
          <>You are looking at {at.title}.</>
        )}
      </span>
      <span className="looking-deeds">
        {there && (
          <button type="button" className="link" onClick={() => look(null)}>
            Back
          </button>
        )}
        {movable && (
          <button
            type="button"
            className="link"
            onClick={() => {
              deeds.enter(at);
              look(null);
            }}
          >
            Move the clock here
          </button>
        )}
      </span>
    </div>
  );
}

export function NextPhase() {
  const { deeds, may_write, look } = useDesk();
  const { clock: now } = useView();
  const keyName = useKeyName(NEXT_KEY);
  const next = deeds.following();
  if (!next || !may_write || (now.state !== "running" && now.state !== "paused")) return null;
  return (
    <button
      type="button"
      className="link small next-phase"
      onClick={() => {
        look(null);
        deeds.enter(next);
      }}
    >
      next: {next.title} {keyName && <Kbd name={keyName} />}
    </button>
  );
}

/** The prompts of the phase, or of the latest phase before it that had any: the situation stays in sight. */
export function usePrompts(): Prompt[] {
  const { interview, area, at } = useDesk();
  const place = interview.agenda.findIndex((phase) => phase.id === at.id);
  const source = interview.agenda
    .slice(0, place + 1)
    .findLast((phase) => phase.area === at.area && phase.prompts.length > 0);
  return (source?.prompts ?? [])
    .map((id) => area.prompts.find((one) => one.id === id))
    .filter((one): one is Prompt => one !== undefined);
}

export function ReadMark({ prompt }: { prompt: Prompt }) {
  const { area, deeds, may_write } = useDesk();
  const { rows, clock: now } = useView();
  const keyName = useKeyName(READ_KEY);
  const read = firsts(rows, (row) =>
    row.body.kind === "read" && row.body.area === area.id ? row.body.prompt : null,
  ).get(prompt.id);
  if (read) return <span className="small muted nowrap end">read aloud {clock(read.at_ms)}</span>;
  if (!may_write || (now.state !== "running" && now.state !== "paused")) return null;
  return (
    <button type="button" className="link small nowrap end" onClick={() => deeds.read(area.id, prompt.id)}>
      read aloud {keyName && <Kbd name={keyName} />}
    </button>
  );
}
