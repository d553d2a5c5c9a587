// Choosing and starting, side by side: the first click shows what will be asked, the second starts.
import { useState } from "react";
import { Link } from "react-router";
import { useKitNow } from "../api/queries";
import type { Start } from "../api/types";
import { useKeys } from "../shared/keys/useKeys";
import { AreaPreview } from "./AreaPreview";
import { Choice } from "./Choice";
import { PackPreview } from "./PackPreview";
import { ScenarioPreview } from "./ScenarioPreview";

/** The choice that stands for "a session of a role pack". */
export const PLAN = "plan";

/** The choice of a scenario; areas have the plain ids. */
const overScenario = (id: string) => `scenario/${id}`;

export function HoldInterview({ start }: { start: Start }) {
  const kit = useKitNow().data;
  const known = kit.areas.some((area) => area.id === start.last_area);
  const [chosen, setChosen] = useState<string>(known && start.last_area ? start.last_area : (kit.areas[0]?.id ?? PLAN));
  useKeys([
    ...kit.areas.map((area) => ({
      id: `start.area-${area.number}`,
      name: `Choose ${area.number} ${area.title}`,
      key: String(area.number),
      hint: "area",
      run: () => setChosen(area.id),
    })),
    ...kit.plans.map((plan, place) => ({
      id: `start.scenario-${plan.scenario}`,
      name: `Choose the scenario ${plan.title}`,
      // One key, so the others are reached with the arrows or by name.
      key: place === 0 ? "s" : null,
      ...(place === 0 && { hint: "scenario" }),
      run: () => setChosen(overScenario(plan.scenario)),
    })),
    { id: "start.plan", name: "Choose a plan from a role pack", key: "p", hint: "plan", run: () => setChosen(PLAN) },
  ]);
  const area = kit.areas.find((candidate) => candidate.id === chosen);
  const scenario = kit.plans.find((plan) => overScenario(plan.scenario) === chosen);
  const sessions = kit.packs.reduce((sum, pack) => sum + pack.sessions.length, 0);
  const lengths = kit.packs
    .flatMap((pack) => pack.sessions)
    .map((session) => session.items.reduce((sum, item) => sum + item.minutes, 0));
  return (
    <>
      <div className="start-head">
        <h1>Hold an interview</h1>
        <p className="muted">
          Choose, start. An opening and a candidate can be attached later, before scoring. Or{" "}
          <Link className="link" to="/drills">
            drill with your team
          </Link>
          , without a candidate.
        </p>
      </div>
      <div className="start-choose">
        <fieldset className="start-areas">
          <legend className="vh">What to hold</legend>
          {kit.plans.length > 0 && (
            <>
              <p className="start-group">
                <b>A running system</b> <span className="muted small">a live room: it goes on, and it breaks</span>
              </p>
              {kit.plans.map((plan) => (
                <Choice
                  key={plan.scenario}
                  mark="S"
                  title={plan.title}
                  hook={plan.hook}
                  time={`${plan.minutes} min`}
                  checked={chosen === overScenario(plan.scenario)}
                  onChoose={() => setChosen(overScenario(plan.scenario))}
                />
              ))}
            </>
          )}
          <p className="start-group">
            <b>Areas</b> <span className="muted small">talk only, on screen or on paper</span>
          </p>
          {kit.areas.map((candidate) => (
            <Choice
              key={candidate.id}
              mark={candidate.number}
              title={candidate.title}
              hook={candidate.hook}
              time={`${candidate.facts.minutes} min`}
              checked={chosen === candidate.id}
              onChoose={() => setChosen(candidate.id)}
            />
          ))}
          {kit.packs.length > 0 && (
            <Choice
              plan
              mark="P"
              title="A session of a role’s loop"
              hook={`${sessions} sessions in ${kit.packs.length} role packs; nothing is asked twice across a loop`}
              time={`${Math.min(...lengths)}–${Math.max(...lengths)} min`}
              checked={chosen === PLAN}
              onChoose={() => setChosen(PLAN)}
            />
          )}
        </fieldset>
        {area ? (
          <AreaPreview key={area.id} area={area} lastAsked={start.last_asked[area.id] ?? null} />
        ) : scenario ? (
          <ScenarioPreview key={scenario.scenario} plan={scenario} runs={start.running.includes(scenario.scenario)} />
        ) : (
          <PackPreview />
        )}
      </div>
    </>
  );
}
