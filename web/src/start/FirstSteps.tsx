// The empty start page: three good first ten minutes, none of which needs the others.
import { useMutation, useQueryClient } from "@tanstack/react-query";
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
      await navigate(`/loops/${loop_id}/debrief`);
      void queries.invalidateQueries();
    },
  });
  const mayOpen = me?.person?.role !== "interviewer";
  const area = kit.areas.find((candidate) => candidate.id === "consistency") ?? kit.areas[0];
  return (
    <div className="start-empty">
      <h1 className="title">Nothing here yet.</h1>
      <p className="muted">
        No interview has been held, no opening written. Any of these {mayOpen ? "three" : "two"} is a good first ten minutes,
        and none of them needs the other{mayOpen ? " two" : ""}.
      </p>
      <ol>
        <li>
          <span className="muted">1</span>
          <div>
            <h2>Read a finished debrief</h2>
            <p className="muted">
              Sample data of its own: one opening, three candidates, complete records, a disagreement to settle. It can be
              removed in one step.
            </p>
            {sample.isError && <ErrorNotice error={sample.error} />}
          </div>
          <Button kind="go" busy={sample.isPending && "Opening …"} onClick={() => sample.mutate()}>
            Open the sample
          </Button>
        </li>
        <li>
          <span className="muted">2</span>
          <div>
            <h2>Hold an interview alone</h2>
            <p className="muted">
              Ten minutes of {area?.short.toLowerCase()}, with a colleague or an imagined candidate. You ask, you listen, you
              note; at the end you score what you kept.
            </p>
            {rehearse.isError && <ErrorNotice error={rehearse.error} />}
          </div>
          <Button
            busy={rehearse.isPending && "Starting …"}
            onClick={() => area && rehearse.mutate({ area: area.id, minutes: 10 })}
          >
            Try ten minutes
          </Button>
        </li>
        {mayOpen && (
          <li>
            <span className="muted">3</span>
            <div>
              <h2>Write the first opening</h2>
              <p className="muted">Choose a role pack and set the bar, line by line, before anyone is interviewed.</p>
            </div>
            <ButtonLink to="/openings/new">New opening</ButtonLink>
          </li>
        )}
      </ol>
      <p className="muted">
        Or start at once:{" "}
        <button type="button" className="link" onClick={onChoose}>
          choose one of the {inWords(kit.areas.length)} areas
        </button>{" "}
        and ask. The record can join an opening afterwards.
      </p>
    </div>
  );
}
