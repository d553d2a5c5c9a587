// The candidate's link of one interview, from its loop: made (and shown once), listed, revoked.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import { useMe } from "../../api/queries";
import type { CandidateLink, InterviewLite } from "../../api/types";
import { interviewQuery } from "../../debrief/moment/Moment";
import { Button } from "../../shared/Button";
import { CopyLine } from "../../shared/CopyLine";
import { Dialog } from "../../shared/Dialog";
import { Field } from "../../shared/Field";
import { ErrorNotice, Loading } from "../../shared/states";
import { nearTime } from "../../shared/time";

export function LinkDialog({ interview, onClose }: { interview: InterviewLite; onClose: () => void }) {
  const me = useMe().data;
  const queries = useQueryClient();
  const known = useQuery(interviewQuery(interview.id));
  const [days, setDays] = useState("7");
  const again = () => queries.invalidateQueries({ queryKey: ["interview", interview.id] });
  const make = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/interviews/{id}/links", { params: { path: { id: interview.id } }, body: { days: Number(days) } }),
      ),
    onSuccess: again,
  });
  const revoke = useMutation({
    mutationFn: (link: string) =>
      answer(api.DELETE("/api/interviews/{id}/links/{link}", { params: { path: { id: interview.id, link } } })),
    onSuccess: again,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Candidate’s link: ${interview.title}`}
      actions={
        <Button kind={make.data ? "plain" : "go"} busy={make.isPending && "Making …"} onClick={() => make.mutate()}>
          {make.data ? "Make another" : "Make a link"}
        </Button>
      }
    >
      <p>No account is needed: whoever holds the link sees the candidate’s page, so it goes to the candidate alone.</p>
      {me && !me.reachable && (
        <div className="notice">
          <b>Only this machine can open it</b>
          <span>
            Seatrial answers here alone. For a candidate elsewhere, start it with <code className="mono">--listen</code> and{" "}
            <code className="mono">--public-url</code>, behind TLS.
          </span>
        </div>
      )}
      {make.data && <CopyLine label="The link; it cannot be shown again" value={make.data.url} />}
      <Field label="Good for">
        {(control) => (
          <select {...control} value={days} onChange={(event) => setDays(event.target.value)}>
            {[1, 3, 7, 14].map((n) => (
              <option key={n} value={n}>
                {n === 1 ? "1 day" : `${n} days`}
              </option>
            ))}
          </select>
        )}
      </Field>
      {known.isError && <ErrorNotice error={known.error} retry={() => void known.refetch()} />}
      {known.isPending && <Loading />}
      {(known.data?.links.length ?? 0) > 0 && (
        <ul className="link-list">
          {known.data?.links.map((link) => (
            <li key={link.id}>
              <span>
                {state(link)} <span className="muted small">made {nearTime(link.created_at)}</span>
              </span>
              {link.state === "open" && (
                <Button kind="quiet" busy={revoke.isPending && revoke.variables === link.id} onClick={() => revoke.mutate(link.id)}>
                  Revoke
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {(make.isError || revoke.isError) && <ErrorNotice error={make.error ?? revoke.error} />}
    </Dialog>
  );
}

function state(link: CandidateLink): string {
  if (link.state === "revoked") return "Revoked";
  if (link.state === "expired") return `Expired ${nearTime(link.expires_at)}`;
  return `Good until ${nearTime(link.expires_at)}, ${link.opened_at ? `opened ${nearTime(link.opened_at)}` : "not opened yet"}`;
}
