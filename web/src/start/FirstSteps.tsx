// The empty start page: three good first ten minutes, none of which needs the others.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";
import { answer, api } from "../api/client";
import { useKitNow, useMe } from "../api/queries";
import { Button, ButtonLink } from "../shared/Button";
import { ErrorNotice } from "../shared/states";
import { inWords } from "../shared/time";
import { useStartInterview } from "./useStartInterview";

export function FirstSteps({ onChoose }: { onChoose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const kit = useKitNow().data;
  const me = useMe().data;
  const rehearse = useStartInterview();
  const sample = useMutation({
    mutationFn: () => answer(api.POST("/api/demo")),
    onSuccess: async ({ loop_id }) => {
      await navigate(`/loops/${loop_id}/debrief#consistency`);
      void queries.invalidateQueries();
    },
  });
  const manages = me?.person?.role !== "interviewer";
  const area = kit.areas.find((candidate) => candidate.id === "consistency") ?? kit.areas[0];
  const alone: Step = {
    title: "Hold an interview alone",
    text:
      `Ten minutes of ${area?.short.toLowerCase()}, with a colleague or an imagined candidate. ` +
      "You ask, you listen, you note; at the end you score what you kept.",
    error: rehearse.error,
    button: (
      <Button
        kind={manages ? "plain" : "go"}
        busy={rehearse.isPending && "Starting …"}
        onClick={() => area && rehearse.mutate({ area: area.id, minutes: 10 })}
      >
        Try ten minutes
      </Button>
    ),
  };
  const read: Step = {
    title: "Read a finished debrief",
    text:
      "Sample data of its own: one opening, three candidates, complete records, a room to watch again, a disagreement to settle. " +
      "It can be removed in one step.",
    error: sample.error,
    button: (
      <Button kind="go" busy={sample.isPending && "Opening …"} onClick={() => sample.mutate()}>
        Open the sample
      </Button>
    ),
  };
  const write: Step = {
    title: "Write the first opening",
    text: "Choose a role pack and set the bar, line by line, before anyone is interviewed.",
    error: null,
    button: <ButtonLink to="/openings/new">New opening</ButtonLink>,
  };
  const prepare: Step = {
    title: "Read the kit",
    text: "Seven areas, each with what to ask, what to listen for and how to tell levels apart.",
    error: null,
    button: <ButtonLink to="/kit">Open the kit</ButtonLink>,
  };
  const steps = manages ? [read, alone, write] : [alone, prepare];
  return (
    <div className="start-empty">
      <h1 className="title">Nothing here yet.</h1>
      <p className="muted">
        No interview of yours has been held, no opening written. Any of these {inWords(steps.length)} is a good first ten
        minutes, and none of them needs the other{steps.length > 2 && " two"}.
      </p>
      <ol>
        {steps.map((step, i) => (
          <li key={step.title}>
            <span className="muted">{i + 1}</span>
            <div>
              <h2>{step.title}</h2>
              <p className="muted">{step.text}</p>
              {step.error !== null && <ErrorNotice error={step.error} />}
            </div>
            {step.button}
          </li>
        ))}
      </ol>
      <p className="muted">
        Or start at once:{" "}
        <button type="button" className="link" onClick={onChoose}>
          choose one of the {inWords(kit.areas.length)} areas{kit.plans.length > 0 && ", or a running system"}
        </button>{" "}
        and ask. The record can join an opening afterwards.
      </p>
      <p className="muted">
        {/* A page of its own, which shares nothing with this app. */}
        <a className="link" href="/practice">
          Practise on a running system, no account
        </a>
        : one that breaks, in your browser.
      </p>
    </div>
  );
}

interface Step {
  title: string;
  text: string;
  error: unknown;
  button: ReactNode;
}
