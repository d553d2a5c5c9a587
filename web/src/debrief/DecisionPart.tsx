// The decision, last on the page: people decide, with a reason; dissent stands beside it. It opens when
// the agenda was visited or waived, and says what is still open until then.
import { useState } from "react";
import { Link } from "react-router";
import type { AgendaItem, Decision, Kit, OpenDebrief } from "../api/types";
import { Button, ButtonLink } from "../shared/Button";
import { Field } from "../shared/Field";
import { Segmented } from "../shared/Segmented";
import { ErrorNotice } from "../shared/states";
import { fullTime, nearTime } from "../shared/time";
import { useDecide } from "./api";
import { type DecisionDraft, decisionWords, emptyDraft, keepDraft, lacks, readDraft } from "./decision";
import { Dissent } from "./Dissent";
import { firstPlan, PLAN_MINUTES, PlanEditor, PlanList } from "./Plan";
import { linesLeft, settled } from "./visits";

interface DecisionPartProps {
  loop: string;
  open: OpenDebrief;
  kit: Kit;
  opened: ReadonlySet<string>;
  onVisit: (item: AgendaItem) => void;
  onWaive: (item: AgendaItem) => void;
}

export function DecisionPart({ loop, open, kit, opened, onVisit, onWaive }: DecisionPartProps) {
  const decide = useDecide(loop);
  const [draft, setDraft] = useState(() => readDraft(loop));
  const [again, setAgain] = useState(false);
  const [tried, setTried] = useState(false);
  const change = (part: Partial<DecisionDraft>) => {
    const next = { ...draft, ...part };
    keepDraft(loop, next);
    setDraft(next);
  };
  const plan = draft.plan ?? firstPlan(open.unsettled);
  const missing = lacks(draft, plan);
  const left = open.agenda.filter((item) => !settled(item));
  const writing = open.may_decide && (open.decision === null || again);

  const record = () => {
    setTried(true);
    if (!open.decision_open || missing !== null || draft.kind === null) return;
    decide.mutate(
      {
        kind: draft.kind,
        reason: draft.reason.trim(),
        plan: draft.kind === "more_evidence" ? plan.filter((item) => item.minutes > 0) : [],
      },
      {
        onSuccess: () => {
          keepDraft(loop, null);
          setDraft(emptyDraft);
          setAgain(false);
          setTried(false);
        },
      },
    );
  };

  return (
    <section className="decision" aria-labelledby="decision">
      <div>
        <div className="decision-head">
          <h2 id="decision">Decision</h2>
          <span className="muted small">yours to take; the page proposes none</span>
        </div>
        {open.decision && <Recorded decision={open.decision} open={open} />}
        {open.decisions.length > 1 && (
          <details className="fold fold-before">
            <summary>
              <b>Earlier decisions</b>
              <span className="muted small">{open.decisions.length - 1}, all kept</span>
            </summary>
            {open.decisions
              .filter((one) => one.at !== open.decision?.at)
              .map((one) => (
                <Recorded key={one.at} decision={one} open={open} />
              ))}
          </details>
        )}
        {writing ? (
          <div className="decision-form">
            <Segmented<Decision["kind"]>
              legend="Decision"
              choices={(["hire", "no_hire", "more_evidence"] as const).map((kind) => ({
                value: kind,
                label: decisionWords[kind],
              }))}
              value={draft.kind}
              onChange={(kind) => change({ kind })}
            />
            <Field label="Reason">
              {(control) => (
                <textarea
                  {...control}
                  dir="auto"
                  rows={3}
                  value={draft.reason}
                  onChange={(event) => change({ reason: event.target.value })}
                />
              )}
            </Field>
            {draft.kind === "more_evidence" && (
              <div>
                <h3>Twenty minutes, on exactly what is unsettled</h3>
                <PlanEditor plan={plan} onPlan={(next) => change({ plan: next })} open={open} kit={kit} />
              </div>
            )}
            {!open.decision_open && left.length > 0 && (
              <div className="decision-left">
                <p>A decision can be recorded when every item of the agenda was visited or waived. Still open:</p>
                <ul>
                  {left.map((item) => {
                    const lines = linesLeft(item, opened);
                    const titles = lines.map((area) => open.lines.find((line) => line.area === area)?.title ?? area);
                    return (
                      <li key={item.id}>
                        <span>
                          <b>{item.title}</b>
                          {titles.length > 0 && <span className="muted">: {titles.join(", ")}</span>}
                        </span>
                        <button type="button" className="link" onClick={() => onVisit(item)}>
                          Visit
                        </button>
                        <button type="button" className="link" onClick={() => onWaive(item)}>
                          Waive
                        </button>
                      </li>
                    );
                  })}
                </ul>
              </div>
            )}
            {decide.isError && <ErrorNotice error={decide.error} />}
            <div className="decision-do">
              <Button
                kind="go"
                busy={decide.isPending && "Recording …"}
                aria-disabled={!open.decision_open || undefined}
                onClick={record}
              >
                Record decision
              </Button>
              <span className="muted small" role="status">
                {tried && open.decision_open && missing
                  ? missing
                  : tried && !open.decision_open
                    ? "Not yet: the agenda is not through."
                    : draft.kind === "more_evidence"
                      ? `plans ${PLAN_MINUTES} minutes; goes onto the one-page record`
                      : "goes onto the one-page record"}
              </span>
              {again && (
                <Button kind="quiet" onClick={() => setAgain(false)}>
                  Leave it as it is
                </Button>
              )}
            </div>
          </div>
        ) : open.decision ? (
          <div className="decision-do">
            <ButtonLink to={`/loops/${loop}/record`}>Decision record</ButtonLink>
            {open.may_decide && (
              <Button kind="quiet" onClick={() => setAgain(true)}>
                Decide again
              </Button>
            )}
          </div>
        ) : (
          <p className="muted">
            The decision is recorded by a hiring manager or an administrator. Your view stands in your scorecard; if you come to
            differ from the decision, write your dissent.
          </p>
        )}
      </div>
      <div>
        <Dissent loop={loop} open={open} />
        {open.decision?.kind === "more_evidence" && !again && (
          <div className="decision-plan">
            <h3>Twenty minutes, on exactly what is unsettled</h3>
            <PlanList plan={open.decision.plan} open={open} />
          </div>
        )}
        <p className="muted small decision-print">
          <Link className="link" to={`/loops/${loop}/record`}>
            Decision record
          </Link>{" "}
          on one page, dissent included; it prints before a decision, too.
        </p>
      </div>
    </section>
  );
}

function Recorded({ decision, open }: { decision: Decision; open: OpenDebrief }) {
  const current = decision.at === open.decision?.at;
  return (
    <div className={current ? "recorded" : "recorded before"}>
      <p className="recorded-kind">{decisionWords[decision.kind]}</p>
      <p className="prose" dir="auto">
        {decision.reason}
      </p>
      {!current && decision.plan.length > 0 && <PlanList plan={decision.plan} open={open} />}
      <p className="muted small" title={fullTime(decision.at)}>
        {decision.by}, {nearTime(decision.at)}
      </p>
    </div>
  );
}
