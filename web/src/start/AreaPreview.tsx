// What the chosen area will ask, phase by phase, and the button that starts it.
import { useState } from "react";
import type { Area } from "../api/types";
import { Button, ButtonLink } from "../shared/Button";
import { useKeyName, useKeys } from "../shared/keys/useKeys";
import { Segmented } from "../shared/Segmented";
import { ErrorNotice } from "../shared/states";
import { longDate } from "../shared/time";
import { PromptText } from "./PromptText";
import { useStartInterview } from "./useStartInterview";

const startAction = { id: "start.begin", name: "Start interview", key: "Enter", hint: "start", order: 1 };

interface AreaPreviewProps {
  area: Area;
  lastAsked: string | null;
}

export function AreaPreview({ area, lastAsked }: AreaPreviewProps) {
  const start = useStartInterview();
  const [minutes, setMinutes] = useState<number | null>(null);
  const begin = () => {
    if (!start.isPending) start.mutate({ area: area.id, ...(minutes === null ? {} : { minutes }) });
  };
  useKeys([{ ...startAction, run: begin }]);
  const key = useKeyName(startAction);
  const prompt = area.prompts[0];
  return (
    <section className="start-preview" aria-label="Chosen">
      <h2>{area.title}</h2>
      {prompt && <PromptText text={prompt.text} more={area.prompts.length - 1} />}
      <ol className="start-phases">
        {area.phases.map((phase, i) => (
          <li key={phase.id}>
            <span>{phase.title}</span>
            <span className="muted">
              {minutes === null ? phase.minutes : "·"}
              {i === 0 && minutes === null && " min"}
            </span>
          </li>
        ))}
      </ol>
      <div className="start-length">
        <Segmented
          legend="Length"
          choices={[
            { value: "full", label: `${area.facts.minutes} min` },
            { value: "20", label: "20" },
            { value: "10", label: "10 to try it" },
          ]}
          value={minutes === null ? "full" : String(minutes)}
          onChange={(value) => setMinutes(value === "full" ? null : Number(value))}
        />
        {minutes !== null && <span className="muted small">Phases shrink in proportion; the shortest drop out.</span>}
      </div>
      <div className="start-actions">
        <Button kind="go" keyName={key} busy={start.isPending && "Starting …"} onClick={begin}>
          Start interview
        </Button>
        <ButtonLink to={`/kit/${area.id}`}>Read first</ButtonLink>
      </div>
      {start.isError && <ErrorNotice error={start.error} />}
      <p className="muted small start-remark">
        {lastAsked && `Asked last by you on ${longDate(lastAsked)}. `}To assess well: {lowerFirst(area.facts.difficulty_note)}.
      </p>
    </section>
  );
}

const lowerFirst = (text: string): string => (text.charAt(0).toLowerCase() + text.slice(1)).replace(/\.$/u, "");
