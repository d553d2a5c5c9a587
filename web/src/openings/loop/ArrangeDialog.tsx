// Arranging one interview: when, who asks, who listens, and by when scorecards are due.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { InterviewLite } from "../../api/types";
import { Button } from "../../shared/Button";
import { Dialog } from "../../shared/Dialog";
import { Field } from "../../shared/Field";
import { Segmented } from "../../shared/Segmented";
import { ErrorNotice } from "../../shared/states";
import { type InterviewChange, peopleQuery, useChangeInterview } from "../api";
import { fromField, toField } from "../../shared/localTime";
import { assign, assigned, type Part, release, sameAs } from "./people";

interface ArrangeDialogProps {
  loop: string;
  interview: InterviewLite;
  onClose: () => void;
}

export function ArrangeDialog({ loop, interview, onClose }: ArrangeDialogProps) {
  const everybody = useQuery(peopleQuery);
  const change = useChangeInterview(loop, interview.id);
  const [when, setWhen] = useState(() => toField(interview.scheduled_at));
  const [due, setDue] = useState(() => toField(interview.due_at));
  const [list, setList] = useState(() => assigned(interview.people));
  const nameOf = (id: string) =>
    everybody.data?.find((person) => person.id === id)?.name ??
    interview.people.find((one) => one.person.id === id)?.person.name ??
    "somebody";
  const free = (everybody.data ?? []).filter((person) => !person.disabled && !list.some((one) => one.person === person.id));

  const save = () => {
    const body: InterviewChange = {};
    // What was not touched is not sent: somebody else may be changing it just now.
    if (when !== toField(interview.scheduled_at)) body.scheduled_at = fromField(when);
    if (due !== toField(interview.due_at)) body.due_at = fromField(due);
    if (!sameAs(list, interview.people)) body.people = list;
    if (Object.keys(body).length === 0) onClose();
    else change.mutate(body, { onSuccess: onClose });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Arrange: ${interview.title}`}
      actions={
        <>
          <Button kind="go" busy={change.isPending && "Saving …"} onClick={save}>
            Save
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Leave it as it was
          </Button>
        </>
      }
    >
      <div className="arrange-dates">
        <Field label="Date and time" hint="In your own time zone.">
          {(control) => <input {...control} type="datetime-local" value={when} onChange={(event) => setWhen(event.target.value)} />}
        </Field>
        <Field label="Scorecards due" hint="The debrief waits for all of them.">
          {(control) => <input {...control} type="datetime-local" value={due} onChange={(event) => setDue(event.target.value)} />}
        </Field>
      </div>
      <div className="arrange-people">
        <h3>Who takes part</h3>
        {list.length === 0 && <p className="muted">Nobody yet. Whoever asks also scores; a shadow listens and does not.</p>}
        <ul>
          {list.map((one) => (
            <li key={one.person}>
              <span>
                <bdi>{nameOf(one.person)}</bdi>
              </span>
              <Segmented<Part>
                legend={`Part of ${nameOf(one.person)}`}
                choices={[
                  { value: "interviewer", label: "asks and scores" },
                  { value: "shadow", label: "shadow" },
                ]}
                value={one.part}
                onChange={(part) => setList(assign(list, one.person, part))}
              />
              <Button kind="quiet" aria-label={`Release ${nameOf(one.person)}`} onClick={() => setList(release(list, one.person))}>
                Release
              </Button>
            </li>
          ))}
        </ul>
        {everybody.isError ? (
          <ErrorNotice error={everybody.error} retry={() => void everybody.refetch()} />
        ) : (
          <select
            className="input"
            aria-label="Add somebody"
            value=""
            onChange={(event) => event.target.value && setList(assign(list, event.target.value, "interviewer"))}
          >
            <option value="">{free.length === 0 ? "Everybody with an account is in it" : "Add somebody …"}</option>
            {free.map((person) => (
              <option key={person.id} value={person.id}>
                {person.name}
              </option>
            ))}
          </select>
        )}
      </div>
      {change.isError && <ErrorNotice error={change.error} />}
    </Dialog>
  );
}
