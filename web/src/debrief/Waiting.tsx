// Before all scorecards are in: who is done and who is not, and nothing else. What the others wrote is
// not in this document, since the server does not send it.
import { useState } from "react";
import { Link } from "react-router";
import type { Debrief, ScorecardDue } from "../api/types";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { Field } from "../shared/Field";
import { ErrorNotice } from "../shared/states";
import { count, inWords, nearTime } from "../shared/time";
import { useException } from "./api";

export function waitingTitle(cards: readonly ScorecardDue[]): string {
  const open = cards.filter((card) => card.submitted_at === null);
  const mine = cards.find((card) => card.you);
  const others = open.filter((card) => !card.you).length;
  if (cards.length === 0) return "No scorecard is due yet.";
  if (!mine) return `Waiting for ${inWords(open.length)} of ${inWords(cards.length)}.`;
  if (mine.submitted_at === null)
    return others === 0 ? "Waiting for yours alone." : `Waiting for yours and ${inWords(others)} more.`;
  return `Yours is in. Waiting for ${others === 1 ? "one more" : `${inWords(others)} more`}.`;
}

export function Waiting({ debrief }: { debrief: Debrief }) {
  const { loop, scorecards, can_manage } = debrief;
  const [early, setEarly] = useState(false);
  return (
    <div className="wrap">
      <div className="waiting">
        <p className="muted">
          Candidate{" "}
          <Link className="mono" to={`/loops/${loop.id}`}>
            {loop.code}
          </Link>
          {loop.opening && ` · ${loop.opening.title}`}
        </p>
        <h1 className="title">
          <b>{waitingTitle(scorecards)}</b>
          Nothing is shown before.
        </h1>
        <ul className="waiting-list">
          {scorecards.map((card) => (
            <li key={card.person.id}>
              {card.submitted_at ? (
                <svg viewBox="0 0 12 12" role="img" aria-label="submitted">
                  <path d="M1.5 6.5l3 3 6-7" fill="none" stroke="currentColor" strokeWidth="1.5" />
                </svg>
              ) : (
                <svg viewBox="0 0 12 12" role="img" aria-label="not yet">
                  <circle cx="6" cy="6" r="4.5" fill="none" stroke="var(--muted)" strokeDasharray="2 2" />
                </svg>
              )}
              <span>
                {card.you ? (
                  <b>
                    <bdi>{card.person.name}</bdi>, you
                  </b>
                ) : (
                  <bdi>{card.person.name}</bdi>
                )}
              </span>
              <span className="muted">
                {count(card.areas.length, "area")}
                {card.submitted_at
                  ? `, submitted ${nearTime(card.submitted_at)}`
                  : card.due_at
                    ? `, due ${nearTime(card.due_at)}`
                    : ", no date set"}
              </span>
              <span>
                {card.you && (
                  <Link className="link" to={`/loops/${loop.id}/scorecard`}>
                    {card.submitted_at ? "Read yours" : "Write yours"}
                  </Link>
                )}
              </span>
            </li>
          ))}
        </ul>
        <p className="muted waiting-why">
          Until the last one is in, nobody can read what another wrote, whatever their role. So each view is one person’s own. If
          it cannot wait, a manager may open the debrief early; that, and why, stays written above it.
        </p>
        {can_manage && <Button onClick={() => setEarly(true)}>Open early, with a reason</Button>}
        <OpenEarly loop={loop.id} open={early} onClose={() => setEarly(false)} />
      </div>
    </div>
  );
}

function OpenEarly({ loop, open, onClose }: { loop: string; open: boolean; onClose: () => void }) {
  const exception = useException(loop);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Open the debrief early"
      actions={
        <>
          <Button
            kind="go"
            busy={exception.isPending && "Opening …"}
            onClick={() => {
              setTried(true);
              if (reason.trim() !== "") exception.mutate(reason.trim());
            }}
          >
            Open it now
          </Button>
          <Button kind="quiet" onClick={onClose}>
            Wait
          </Button>
        </>
      }
    >
      <p>
        Whoever has not submitted will have read the others first; their view is then no longer their own. This cannot be taken
        back, and stands at the top of the debrief and in the decision record.
      </p>
      <Field label="Reason" error={tried && reason.trim() === "" ? "Say why the debrief cannot wait." : undefined}>
        {(control) => (
          <textarea {...control} dir="auto" value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {exception.isError && <ErrorNotice error={exception.error} />}
    </Dialog>
  );
}
