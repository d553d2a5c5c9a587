// The phases of a plan: first as one table, then each with all that is said in it.
import { useKitNow } from "../../api/queries";
import type { PlanPhase, ScenarioPlan } from "../../api/types";
import { FollowUps } from "../area/FollowUps";
import { VoicePairs } from "../area/VoicePairs";
import { areaOf } from "../find";
import { Prose } from "../parts";

export function Course({ plan }: { plan: ScenarioPlan }) {
  const kit = useKitNow().data;
  let from = 0;
  return (
    <table className="kit-course">
      <thead>
        <tr>
          <th scope="col">Minutes</th>
          <th scope="col">Phase</th>
          <th scope="col">The scenario’s clock</th>
          <th scope="col">Armed</th>
        </tr>
      </thead>
      <tbody>
        {plan.phases.map((phase) => {
          const begins = from;
          from += phase.minutes;
          return (
            <tr key={phase.id}>
              <td className="nowrap">
                {begins}–{from}
              </td>
              <th scope="row">
                <b dir="auto">{phase.title}</b>
                <span className="muted small">{areaOf(kit, phase.area)?.short ?? phase.area}</span>
              </th>
              <td data-label="Clock">{clockInWords(phase)}</td>
              <td data-label="Armed">
                {phase.faults.map((fault) => (
                  <span key={fault.fault} className="kit-line" dir="auto">
                    {fault.title}
                  </span>
                ))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const SLOWS = { alert: "an alert", ticket: "a ticket", move: "a move" } as const;

export function clockInWords({ clock }: Pick<PlanPhase, "clock">): string {
  const runs = clock.start === "runs" ? `runs at ${clock.speed}×` : clock.speed === 1 ? "stands" : `stands, then ${clock.speed}×`;
  if (clock.slows_on.length === 0) return runs;
  return `${runs}; ${clock.slows_on.map((one) => SLOWS[one]).join(" or ")} brings it to 1×`;
}

export function Phase({ phase }: { phase: PlanPhase }) {
  const names = [
    { what: "Decisions talked about", all: phase.decisions },
    { what: "Keep in sight", all: phase.watch },
  ].filter((one) => one.all.length > 0);
  return (
    <div className="kit-phase">
      <p className="pretty" dir="auto">
        {phase.aim}
      </p>
      {phase.prompts.map((prompt) => (
        <div key={prompt.id} className="kit-prompt">
          <Prose className="kit-ask" text={prompt.text} />
          {prompt.note && <Prose className="kit-note muted" text={prompt.note} />}
        </div>
      ))}
      {phase.faults.map((fault) => (
        <div key={fault.fault} className="kit-armed">
          <span className="panel-only small">
            armed, minute {fault.from_minutes} to {fault.to_minutes} of its own time
          </span>
          <b dir="auto">{fault.title}</b>
          <span className="pretty" dir="auto">
            {fault.reveals}
          </span>
        </div>
      ))}
      {phase.follow_ups.length > 0 && <FollowUps follow_ups={phase.follow_ups} />}
      {phase.voices.length > 0 && <VoicePairs asked={phase} />}
      <ol className="kit-hint-lines">
        {phase.hints.map((hint, place) => (
          <li key={place} dir="auto">
            <span className="muted small">hint {place + 1}</span> {hint}
          </li>
        ))}
      </ol>
      {names.length > 0 && (
        <p className="muted small">
          {names.map(({ what, all }, place) => (
            <span key={what}>
              {place > 0 && " · "}
              {what}: <span className="mono">{all.join(", ")}</span>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
