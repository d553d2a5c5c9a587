// Before all scorecards are in: who is done and who is not, and nothing else. What the others wrote is
// not in this document, since the server does not send it.
import { useState } from "react";
import { Link } from "react-router";
import type { Debrief, InterviewLite, ScorecardDue } from "../api/types";
import { CallOffDialog } from "../openings/loop/CallOffDialog";
import { Button } from "../shared/Button";
import { ReasonDialog } from "../shared/ReasonDialog";
import { count, fullTime, nearTime } from "../shared/time";
import { useExcuse, useException } from "./api";
import { awaited, toHold, waitingTitle } from "./awaited";
import { RemindDialog } from "./RemindDialog";

export function Waiting({ debrief }: { debrief: Debrief }) {
  const { loop, scorecards, can_manage } = debrief;
  const [early, setEarly] = useState(false);
  const [excusing, setExcusing] = useState<ScorecardDue | null>(null);
  const [reminding, setReminding] = useState<ScorecardDue | null>(null);
  const [callingOff, setCallingOff] = useState<InterviewLite | null>(null);
  const interviews = toHold(loop.interviews);
  const mine = scorecards.find((card) => card.you);
  const excused = mine?.submitted_at === null && mine.excused !== null;
  const off = loop.interviews.length > 0 && loop.interviews.every((one) => one.state === "called_off");
  const someIn = scorecards.some((card) => card.submitted_at !== null);
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
          <b>{waitingTitle(debrief)}</b>
          {off ? "There is nothing to open." : excused ? "The others open to you once yours is in." : "Nothing is shown before."}
        </h1>
        {scorecards.length > 0 && (
          <ul className="waiting-list" aria-label="Scorecards">
            {scorecards.map((card) => (
              <li key={card.person.id}>
                <WaitingMark done={card.submitted_at !== null} excused={card.excused !== null} />
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
                  {cardWords(card)}
                </span>
                <span className="waiting-do">
                  {card.you && (
                    <Link className="link" to={`/loops/${loop.id}/scorecard`}>
                      {card.submitted_at ? "Read yours" : "Write yours"}
                    </Link>
                  )}
                  {!card.you && awaited([card]).length > 0 && (
                    <button type="button" className="link" onClick={() => setReminding(card)}>
                      Remind<span className="vh"> {card.person.name}</span>
                    </button>
                  )}
                  {can_manage && awaited([card]).length > 0 && (
                    <button type="button" className="link" onClick={() => setExcusing(card)}>
                      Excuse<span className="vh"> {card.person.name}</span>
                    </button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
        {interviews.length > 0 && (
          <>
            <h2 className="waiting-head">Still to be held</h2>
            <ul className="waiting-list" aria-label="Interviews still to be held">
              {interviews.map((one) => (
                <li key={one.id}>
                  <WaitingMark done={false} excused={false} />
                  <Link to={`/interviews/${one.id}`} dir="auto">
                    {one.title}
                  </Link>
                  <span className="muted">{heldWords(one)}</span>
                  <span className="waiting-do">
                    {can_manage && one.state === "planned" && (
                      <button type="button" className="link" onClick={() => setCallingOff(one)}>
                        Call off<span className="vh"> {one.title}</span>
                      </button>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        <Exceptions debrief={debrief} />
        {!off && (
          <p className="muted waiting-why">
            Until the last one is in, nobody can read what another wrote, whatever their role. So each view is one person’s own.
            {can_manage
              ? " What will never come can be called off or excused, and what cannot wait opened early, each with a reason that stays with the debrief."
              : " What will never come, a manager may call off or excuse, or open the debrief early; that, and why, stays with it."}
          </p>
        )}
        {can_manage && !debrief.exception && someIn && awaited(scorecards).length + interviews.length > 0 && (
          <Button onClick={() => setEarly(true)}>Open early, with a reason</Button>
        )}
        {early && <OpenEarly loop={loop.id} onClose={() => setEarly(false)} />}
        {excusing && <ExcuseDialog key={excusing.person.id} loop={loop.id} card={excusing} onClose={() => setExcusing(null)} />}
        {reminding && (
          <RemindDialog key={reminding.person.id} card={reminding} loop={loop} onClose={() => setReminding(null)} />
        )}
        {callingOff && (
          <CallOffDialog key={callingOff.id} loop={loop.id} interview={callingOff} onClose={() => setCallingOff(null)} />
        )}
      </div>
    </div>
  );
}

/** What was done out of the ordinary so far, which somebody who still waits may know. */
function Exceptions({ debrief }: { debrief: Debrief }) {
  const { exception, scorecards, loop } = debrief;
  const said = [
    ...(exception ? [{ what: "Opened early", ...exception }] : []),
    ...scorecards.flatMap((card) => (card.excused ? [{ what: `${card.person.name} was excused`, ...card.excused }] : [])),
    ...loop.interviews.flatMap((one) => (one.called_off ? [{ what: `${one.title} was called off`, ...one.called_off }] : [])),
  ];
  if (said.length === 0) return null;
  return (
    <ul className="waiting-said" aria-label="Out of the ordinary">
      {said.map((one) => (
        <li key={`${one.what}${one.at}`}>
          <b>{one.what}</b>{" "}
          <span className="prose" dir="auto">
            {one.reason}
          </span>{" "}
          <span className="muted small">
            {one.by}, {fullTime(one.at)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function WaitingMark({ done, excused }: { done: boolean; excused: boolean }) {
  if (done)
    return (
      <svg viewBox="0 0 12 12" role="img" aria-label="submitted">
        <path d="M1.5 6.5l3 3 6-7" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
    );
  if (excused)
    return (
      <svg viewBox="0 0 12 12" role="img" aria-label="excused">
        <path d="M2 6h8" fill="none" stroke="var(--muted)" strokeWidth="1.5" />
      </svg>
    );
  return (
    <svg viewBox="0 0 12 12" role="img" aria-label="not yet">
      <circle cx="6" cy="6" r="4.5" fill="none" stroke="var(--muted)" strokeDasharray="2 2" />
    </svg>
  );
}

function cardWords(card: ScorecardDue): string {
  if (card.submitted_at) return `, submitted ${nearTime(card.submitted_at)}`;
  if (card.excused) return ", excused";
  return card.due_at ? `, due ${nearTime(card.due_at)}` : ", no date set";
}

function heldWords(one: InterviewLite): string {
  if (one.state === "running") return "running now";
  if (one.state === "paused") return "paused";
  return one.scheduled_at ? nearTime(one.scheduled_at) : "no date yet";
}

function OpenEarly({ loop, onClose }: { loop: string; onClose: () => void }) {
  const exception = useException(loop);
  return (
    <ReasonDialog
      title="Open the debrief early"
      go="Open it now"
      going="Opening …"
      stay="Wait"
      lacks="Say why the debrief cannot wait."
      pending={exception.isPending}
      error={exception.error}
      onGo={(reason) => exception.mutate(reason)}
      onClose={onClose}
    >
      <p>
        It opens to everybody but those who still owe a scorecard; they go on writing theirs alone. This cannot be taken back,
        and stands at the top of the debrief and in the decision record.
      </p>
    </ReasonDialog>
  );
}

function ExcuseDialog({ loop, card, onClose }: { loop: string; card: ScorecardDue; onClose: () => void }) {
  const excuse = useExcuse(loop);
  return (
    <ReasonDialog
      title={card.you ? "Excuse yourself from your scorecard" : `Excuse ${card.person.name} from the scorecard`}
      go="Excuse"
      going="Excusing …"
      stay="Wait for it"
      lacks="Say why nobody waits for this scorecard."
      pending={excuse.isPending}
      error={excuse.error}
      onGo={(reason) => excuse.mutate({ person: card.person.id, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        Nobody waits for this scorecard any more. {card.you ? "You see" : "They see"} nothing of the others until{" "}
        {card.you ? "yours" : "theirs"} is in all the same, so that it stays {card.you ? "your" : "their"} own. This cannot be
        taken back, and is shown as a deviation in the debrief.
      </p>
    </ReasonDialog>
  );
}
