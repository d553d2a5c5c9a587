// /loops/:id — one candidate: the interviews and who holds them, the candidate's links, whose scorecard
// is due, and the way to the debrief.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useKit, useMe } from "../../api/queries";
import type { InterviewLite, Kit, Loop } from "../../api/types";
import { Button, ButtonLink } from "../../shared/Button";
import { Dialog } from "../../shared/Dialog";
import { Field } from "../../shared/Field";
import { Page } from "../../shared/Page";
import { ErrorNotice, Loading } from "../../shared/states";
import { clock, inWords, nearTime } from "../../shared/time";
import { loopQuery, useChangeLoop } from "../api";
import "../openings.css";
import { ArrangeDialog } from "./ArrangeDialog";
import { CallOffDialog } from "./CallOffDialog";
import { LoopLinkDialog } from "./LoopLinkDialog";
import "./loop.css";

export function LoopPage() {
  const { id = "" } = useParams();
  const loop = useQuery(loopQuery(id));
  const kit = useKit();
  const failed = [loop, kit].find((query) => query.isError && !query.data);
  if (loop.data && kit.data) return <Shown key={id} loop={loop.data} kit={kit.data} />;
  return (
    <Page title="Candidate" section="openings">
      <div className="wrap plain-page">
        {failed ? <ErrorNotice error={failed.error} retry={() => void failed.refetch()} /> : <Loading what="Opening the loop" />}
      </div>
    </Page>
  );
}

function Shown({ loop, kit }: { loop: Loop; kit: Kit }) {
  const [arranging, setArranging] = useState<string | null>(null);
  const [linking, setLinking] = useState<string | null>(null);
  const [callingOff, setCallingOff] = useState<string | null>(null);
  const [renaming, setRenaming] = useState(false);
  const find = (id: string | null) => loop.interviews.find((one) => one.id === id);
  const arranged = find(arranging);
  const linked = find(linking);
  const calledOff = find(callingOff);
  return (
    <Page title={`Candidate ${loop.code}`} section="openings">
      <div className="wrap openings">
        <header className="opening-head">
          <p className="muted">
            {loop.opening ? (
              <>
                <Link to={`/openings/${loop.opening.id}`} className="link" dir="auto">
                  {loop.opening.title}
                </Link>
                {loop.opening.team && ` · ${loop.opening.team}`}
              </>
            ) : (
              "An interview without an opening"
            )}
          </p>
          <h1>
            <bdi>{loop.name || "Candidate"}</bdi> <span className="loop-code">{loop.code}</span>
          </h1>
          {loop.can_manage && (
            <p className="opening-do">
              <button type="button" className="link" onClick={() => setRenaming(true)}>
                Correct name or code
              </button>
            </p>
          )}
        </header>
        {!loop.bar_first && loop.opening && (
          <p className="notice loop-notice">
            <b>No bar was set first</b>
            <span>The bar of this opening is younger than an interview held here. The debrief will say so.</span>
          </p>
        )}
        <div className="loop-cols">
          <section aria-labelledby="interviews">
            <div className="head">
              <h2 id="interviews">Interviews</h2>
            </div>
            <ol className="loop-interviews">
              {loop.interviews.map((interview) => (
                <Row
                  key={interview.id}
                  interview={interview}
                  kit={kit}
                  canManage={loop.can_manage}
                  onArrange={() => setArranging(interview.id)}
                  onLink={() => setLinking(interview.id)}
                  onCallOff={() => setCallingOff(interview.id)}
                />
              ))}
            </ol>
            {loop.interviews.length === 0 && <p className="muted openings-none">None was planned.</p>}
          </section>
          <Scorecards loop={loop} kit={kit} />
        </div>
      </div>
      {arranged && <ArrangeDialog key={arranged.id} loop={loop.id} interview={arranged} onClose={() => setArranging(null)} />}
      {linked && <LoopLinkDialog key={linked.id} interview={linked} onClose={() => setLinking(null)} />}
      {calledOff && (
        <CallOffDialog key={calledOff.id} loop={loop.id} interview={calledOff} onClose={() => setCallingOff(null)} />
      )}
      {renaming && <Rename loop={loop} onClose={() => setRenaming(false)} />}
    </Page>
  );
}

interface RowProps {
  interview: InterviewLite;
  kit: Kit;
  canManage: boolean;
  onArrange: () => void;
  onLink: () => void;
  onCallOff: () => void;
}

function Row({ interview, kit, canManage, onArrange, onLink, onCallOff }: RowProps) {
  const me = useMe().data?.person;
  const areas = interview.areas.map((id) => kit.areas.find((one) => one.id === id)?.short ?? id);
  const mine = interview.people.some((one) => one.person.id === me?.id);
  const ended = interview.state === "ended";
  const off = interview.called_off;
  if (off)
    return (
      <li className="loop-interview loop-off">
        <div>
          <h3 dir="auto">{interview.title}</h3>
          <p className="muted small">{areas.join(", ")}</p>
        </div>
        <div className="loop-off-why">
          <p>
            <b>called off</b>{" "}
            <span className="muted small">
              {off.by}, {nearTime(off.at)}
            </span>
          </p>
          <p className="prose" dir="auto">
            {off.reason}
          </p>
        </div>
      </li>
    );
  return (
    <li className="loop-interview">
      <div>
        <h3 dir="auto">
          <Link to={`/interviews/${interview.id}`}>{interview.title}</Link>
        </h3>
        <p className="muted small">{areas.join(", ")}</p>
      </div>
      <div>
        <p>{whenWords(interview)}</p>
        {interview.due_at && <p className="muted small">scorecards due {nearTime(interview.due_at)}</p>}
      </div>
      <ul className="loop-people">
        {interview.people.map((one) => (
          <li key={one.person.id}>
            <bdi>{one.person.name}</bdi>
            {one.part === "shadow" && <span className="muted small">, shadow</span>}
          </li>
        ))}
        {interview.people.length === 0 && <li className="muted">nobody yet</li>}
      </ul>
      <div className="loop-do">
        {canManage && (
          <button type="button" className="link" onClick={onArrange}>
            {interview.people.length === 0 || (!interview.scheduled_at && !interview.started_at) ? "Arrange" : "Change"}
          </button>
        )}
        <Link className="link" to={`/interviews/${interview.id}/preread`}>
          Pre-read
        </Link>
        {(canManage || mine) && !ended && (
          <button type="button" className="link" onClick={onLink}>
            Candidate’s link
          </button>
        )}
        {canManage && interview.state === "planned" && (
          <button type="button" className="link" onClick={onCallOff}>
            Call off
          </button>
        )}
        <Link className="link end" to={`/interviews/${interview.id}`}>
          {ended ? "Record" : interview.state === "planned" ? "Open the interview" : "Join"}
        </Link>
      </div>
    </li>
  );
}

function whenWords(interview: InterviewLite): string {
  if (interview.state === "running") return "running now";
  if (interview.state === "paused") return "paused";
  if (interview.state === "ended")
    return `held ${interview.started_at ? nearTime(interview.started_at) : ""}, ${clock(interview.elapsed_ms)}`;
  return interview.scheduled_at ? nearTime(interview.scheduled_at) : "no date yet";
}

function Scorecards({ loop, kit }: { loop: Loop; kit: Kit }) {
  const open = loop.scorecards.filter((card) => card.submitted_at === null && card.excused === null).length;
  const mine = loop.scorecards.find((card) => card.you);
  return (
    <section aria-labelledby="scorecards">
      <div className="head">
        <h2 id="scorecards">Scorecards</h2>
        <span className="muted">
          {loop.scorecards.length === 0 ? "" : open === 0 ? "all in" : `${inWords(open)} still due`}
        </span>
      </div>
      {loop.scorecards.length === 0 && (
        <p className="muted openings-none">None is due. They follow from who asks in which interview.</p>
      )}
      <ul className="loop-cards">
        {loop.scorecards.map((card) => (
          <li key={card.person.id}>
            <span>
              <bdi>{card.person.name}</bdi>
              {card.you && ", you"}
              <span className="muted small loop-areas">
                {card.areas.map((id) => kit.areas.find((one) => one.id === id)?.short ?? id).join(", ")}
              </span>
            </span>
            <span className="muted">
              {card.submitted_at
                ? `in, ${nearTime(card.submitted_at)}`
                : card.excused
                  ? "excused"
                  : card.due_at
                  ? `due ${nearTime(card.due_at)}`
                  : "due"}
            </span>
          </li>
        ))}
      </ul>
      <div className="loop-go">
        {mine && (
          <ButtonLink kind={mine.submitted_at ? "plain" : "go"} to={`/loops/${loop.id}/scorecard`}>
            {mine.submitted_at ? "Read your scorecard" : "Write your scorecard"}
          </ButtonLink>
        )}
        {!mine && loop.can_score && <ButtonLink to={`/loops/${loop.id}/scorecard`}>Write a scorecard</ButtonLink>}
        <ButtonLink to={`/loops/${loop.id}/debrief`}>{loop.debrief_open ? "Debrief" : "Who is awaited"}</ButtonLink>
        {loop.decided && <ButtonLink to={`/loops/${loop.id}/record`}>Decision record</ButtonLink>}
      </div>
    </section>
  );
}

function Rename({ loop, onClose }: { loop: Loop; onClose: () => void }) {
  const change = useChangeLoop(loop.id);
  const [name, setName] = useState(loop.name);
  const [code, setCode] = useState(loop.code);
  const ready = name.trim() !== "" && code.trim() !== "";
  return (
    <Dialog
      open
      onClose={onClose}
      title="Correct name or code"
      actions={
        <Button
          kind="go"
          busy={change.isPending && "Saving …"}
          onClick={() => ready && change.mutate({ name: name.trim(), code: code.trim() }, { onSuccess: onClose })}
        >
          Save
        </Button>
      }
    >
      <Field label="Name" error={name.trim() === "" ? "Write the candidate’s name." : undefined}>
        {(control) => <input {...control} dir="auto" maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label="Code" error={code.trim() === "" ? "Lists and debriefs need a code." : undefined}>
        {(control) => (
          <input {...control} className="input mono" maxLength={20} value={code} onChange={(event) => setCode(event.target.value)} />
        )}
      </Field>
      {change.isError && <ErrorNotice error={change.error} />}
    </Dialog>
  );
}
