// A scenario before it is started: its story, and what can be made to break in which phase. The room
// opens with the second click; the same plan can be talked through without it.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { ScenarioPlan } from "../api/types";
import { makeDrill } from "../drills/api";
import { Button, ButtonLink } from "../shared/Button";
import { useKeyName, useKeys } from "../shared/keys/useKeys";
import { ErrorNotice } from "../shared/states";
import { HeldAs } from "./HeldAs";
import { PromptText } from "./PromptText";
import { variationsQuery } from "./startQuery";
import { useStartInterview } from "./useStartInterview";

const startAction = { id: "start.begin", name: "Start interview", key: "Enter", hint: "start", order: 1 };

/** The reference designs that every running scenario has, for its proof and for its rehearsals. */
const REHEARSED = ["weak", "good", "excellent"];

interface ScenarioPreviewProps {
  plan: ScenarioPlan;
  /** Its system runs, so there is a room to open. */
  runs: boolean;
}

export function ScenarioPreview({ plan, runs }: ScenarioPreviewProps) {
  const start = useStartInterview();
  const variations = useQuery({ ...variationsQuery(plan.scenario), enabled: runs }).data ?? [];
  const [variation, setVariation] = useState<string>();
  const as = variation === undefined ? {} : { variation };
  const navigate = useNavigate();
  const drill = useMutation({
    mutationFn: (lead: boolean) => makeDrill({ scenario: plan.scenario, lead, ...as }),
    onSuccess: ({ id }) => navigate(`/drills/${id}`),
  });
  const rehearse = (design: string) => {
    if (!start.isPending) start.mutate({ scenario: plan.scenario, rehearse: design, ...as });
  };
  const begin = (talk_only: boolean) => {
    if (!start.isPending) start.mutate({ scenario: plan.scenario, ...(talk_only ? { talk_only } : as) });
  };
  useKeys([{ ...startAction, run: () => begin(!runs) }]);
  const key = useKeyName(startAction);
  return (
    <section className="start-preview" aria-label="Chosen">
      <h2>{plan.title}</h2>
      <PromptText text={plan.brief.story} what="story" more={0} />
      <ol className="start-phases">
        {plan.phases.map((phase, i) => (
          <li key={phase.id} className={phase.faults.length > 0 ? "start-armed" : undefined}>
            <span>
              {phase.title}
              {phase.faults.map((fault) => (
                <span key={fault.fault} className="start-fault">
                  <span className="panel-only">armed</span> {fault.title}
                </span>
              ))}
            </span>
            <span className="muted">
              {phase.minutes}
              {i === 0 && " min"}
            </span>
          </li>
        ))}
      </ol>
      <HeldAs variations={variations} chosen={variation} onChoose={setVariation} />
      <div className="start-actions">
        <Button kind="go" keyName={key} busy={start.isPending && "Opening …"} onClick={() => begin(!runs)}>
          {runs ? "Open the room" : "Start, talk only"}
        </Button>
        {runs && (
          <Button busy={start.isPending} onClick={() => begin(true)}>
            Talk only
          </Button>
        )}
        <ButtonLink to={`/kit/scenarios/${plan.scenario}`}>Read first</ButtonLink>
      </div>
      {runs && (
        <div className="start-actions" role="group" aria-labelledby="start-rehearse">
          <span className="muted" id="start-rehearse">
            Rehearse against a scripted candidate:
          </span>
          {REHEARSED.map((design) => (
            <button key={design} type="button" className="link" aria-disabled={start.isPending} onClick={() => rehearse(design)}>
              {design}
            </button>
          ))}
        </div>
      )}
      {runs && (
        <div className="start-actions" role="group" aria-labelledby="start-drill">
          <span className="muted" id="start-drill">
            Drill with your team, without a candidate:
          </span>
          <button type="button" className="link" aria-disabled={drill.isPending} onClick={() => !drill.isPending && drill.mutate(true)}>
            I lead
          </button>
          <button type="button" className="link" aria-disabled={drill.isPending} onClick={() => !drill.isPending && drill.mutate(false)}>
            nobody leads
          </button>
        </div>
      )}
      {(start.isError || drill.isError) && <ErrorNotice error={start.error ?? drill.error} />}
      <p className="muted small start-remark">
        {runs
          ? "Nothing breaks by itself: what is armed waits until you fire it. The candidate’s link is made in the room."
          : "This kit has no running system for it. The plan can be talked through; what breaks is told instead."}
      </p>
    </section>
  );
}
