// The questions of a design, in the order in which they are asked: first one's own words, then the options.
import { useRoom } from "../session/hooks";
import { Filled, Sign, useClock } from "../parts";
import { useMay } from "../parts";
import { useUi, useUiStore } from "../ui";
import type { DecisionState } from "../wire";
import { AnswerForm } from "./AnswerForm";
import { ChooseForm } from "./ChooseForm";
import { useState } from "react";

export function Decisions() {
  const questions = useRoom((state) => state.hello.questions);
  const decisions = useRoom((state) => state.decisions);
  const unfolded = useUi((ui) => ui.decision);
  const ui = useUiStore();
  return (
    <ol className="rm-decisions">
      {questions.map((question, place) => {
        const decision = decisions.find((one) => one.name === question.name);
        if (!decision) return null;
        const open = unfolded === question.name;
        return (
          <li key={question.name} className={open ? "open" : undefined} data-decision={question.name}>
            <button type="button" className="rm-question" aria-expanded={open} onClick={() => ui.set({ decision: open ? null : question.name })}>
              <StateSign decision={decision} open={open} />
              <span className="muted small">{place + 1}</span>
              <span className="rm-ask" dir="auto">
                {question.ask}
              </span>
              <span className={decision.state === "chosen" || decision.state === "something_else" ? "rm-holds chosen" : "rm-holds"} dir="auto">
                {decision.says}
                {decision.chosen_at === null && decision.says && ", as found"}
              </span>
            </button>
            {open && <Unfolded decision={decision} kind={question.kind} />}
          </li>
        );
      })}
    </ol>
  );
}

const STATE: Record<DecisionState["state"], string> = {
  as_found: "As found:",
  answered: "Answered, not chosen:",
  options_shown: "Options seen, not chosen:",
  chosen: "Chosen:",
  something_else: "Something else:",
};

function StateSign({ decision, open }: { decision: DecisionState; open: boolean }) {
  const { state } = decision;
  const done = state === "chosen" || state === "something_else";
  return (
    <span className={open && !done ? "rm-mine" : done ? undefined : "muted"}>
      <Sign is={done ? "done" : state === "as_found" ? (open ? "open" : "none") : "half"} />
      <span className="vh">{STATE[state]}</span>
    </span>
  );
}

function Unfolded({ decision, kind }: { decision: DecisionState; kind: "options" | "value" }) {
  const may = useMay();
  const [changing, change] = useState(false);
  const at = useClock();
  const settled = decision.state === "chosen" || decision.state === "something_else";
  return (
    <div className="rm-unfolded">
      {decision.answer && (
        <p>
          <Filled text={decision.answer} />
        </p>
      )}
      {settled && decision.reason && decision.reason !== decision.says && (
        <p className="small">
          <span className="muted">Because</span> <Filled text={decision.reason} />
        </p>
      )}
      {(decision.answered_at !== null || settled) && (
        <p className="small muted">
          {decision.answered_at !== null &&
            `Answered at ${at(decision.answered_at)}, ${decision.before_options ? "before the options" : "after the options were shown"}. `}
          {decision.chosen_at !== null && `Chosen at ${at(decision.chosen_at)}. `}
          {liveWords(decision)}{" "}
          {settled && may && !changing && (
            <button type="button" className="link" onClick={() => change(true)}>
              Change
            </button>
          )}
        </p>
      )}
      {may && decision.state === "as_found" && <AnswerForm decision={decision.name} />}
      {may && (decision.state === "answered" || decision.state === "options_shown" || changing) && (
        <ChooseForm decision={decision} kind={kind} onDone={() => change(false)} />
      )}
      {!may && decision.state === "as_found" && <p className="small muted">Not answered yet.</p>}
    </div>
  );
}

function liveWords({ live, state, mapped }: DecisionState): string {
  if (state === "something_else" && mapped === null)
    return "Outside the options: it changes nothing in this system until whoever leads says what comes nearest.";
  if (mapped?.outside) return "Outside the model: it stands as your answer and changes nothing in this system.";
  if (!live) return "";
  if (live.done < live.of) return `Arriving: it runs on ${live.done} of ${live.of} replicas.`;
  return `Live on ${live.done} of ${live.of} replicas.`;
}
