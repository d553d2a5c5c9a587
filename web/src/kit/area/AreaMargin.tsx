// Beside an area: planning facts, the button that starts an interview, and the downloads.
import { Link } from "react-router";
import { useKitNow } from "../../api/queries";
import type { Area } from "../../api/types";
import { Button } from "../../shared/Button";
import { useKeyName, useKeys } from "../../shared/keys/useKeys";
import { Difficulty } from "../../shared/marks";
import { ErrorNotice } from "../../shared/states";
import { inWords } from "../../shared/time";
import { useStartInterview } from "../../start/useStartInterview";
import { Fact, PlanLink } from "../parts";
import { TakeAway } from "../TakeAway";

export function AreaMargin({ area }: { area: Area }) {
  const kit = useKitNow().data;
  const start = useStartInterview();
  const begin = { id: "kit.start", name: `Start interview: ${area.title}`, key: "i", hint: "start interview", order: 1 };
  useKeys([{ ...begin, run: () => start.mutate({ area: area.id }) }]);
  const key = useKeyName(begin);
  const exercises = kit.exercises.filter((exercise) => area.exercises.includes(exercise.id));
  const scenarios = kit.scenarios.filter((scenario) => area.scenarios.includes(scenario.id));
  return (
    <>
      <dl className="kit-facts">
        <Fact name="To assess well">
          {area.facts.difficulty_note} <Difficulty value={area.facts.difficulty} />
        </Fact>
        <Fact name="Time">
          {area.facts.minutes} minutes, {inWords(area.phases.length)} phases
        </Fact>
        <Fact name="Needs">{area.facts.needs}</Fact>
        <Fact name="Use when">{area.facts.use_when}</Fact>
        <Fact name="You learn">{area.facts.outcome}</Fact>
        {exercises.length > 0 && (
          <Fact name="On material">
            {exercises.map((exercise) => (
              <Link key={exercise.id} className="link kit-line" to={`/kit/exercises/${exercise.id}`}>
                {exercise.title}
              </Link>
            ))}
          </Fact>
        )}
        {scenarios.length > 0 && (
          <Fact name="Situations to stage">
            {scenarios.map((scenario) => (
              <details key={scenario.id} className="kit-scenario">
                <summary className="mono">{scenario.id}</summary>
                <span className="small muted">{scenario.situation}</span>
                <PlanLink scenario={scenario.id} />
              </details>
            ))}
          </Fact>
        )}
        <Fact name="Hints">Three per phase, graded, the same for all</Fact>
      </dl>
      <div className="kit-actions">
        <Button kind="go" wide keyName={key} busy={start.isPending && "Starting …"} onClick={() => start.mutate({ area: area.id })}>
          Start interview
        </Button>
        <Button wide busy={start.isPending} onClick={() => start.mutate({ area: area.id, minutes: 10 })}>
          Try ten minutes alone
        </Button>
        {start.isError && <ErrorNotice error={start.error} />}
      </div>
      <TakeAway area={area.id} what={area.title} />
    </>
  );
}
