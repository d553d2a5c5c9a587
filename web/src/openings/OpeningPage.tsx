// /openings/:id — the bar first, then the plan of the loop, and the candidates beside both.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { useKit } from "../api/queries";
import type { Kit, Opening } from "../api/types";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { Field } from "../shared/Field";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { longDate } from "../shared/time";
import { AddCandidate } from "./AddCandidate";
import { openingQuery, useChangeOpening } from "./api";
import { BarSection } from "./bar/BarSection";
import { Candidates } from "./Candidates";
import "./openings.css";
import { PlanSection } from "./plan/PlanSection";

export function OpeningPage() {
  const { id = "" } = useParams();
  const opening = useQuery(openingQuery(id));
  const kit = useKit();
  const failed = [opening, kit].find((query) => query.isError && !query.data);
  if (opening.data && kit.data) return <Shown key={id} opening={opening.data} kit={kit.data} />;
  return (
    <Page title="Opening" section="openings">
      <div className="wrap plain-page">
        {failed ? <ErrorNotice error={failed.error} retry={() => void failed.refetch()} /> : <Loading what="Opening it" />}
      </div>
    </Page>
  );
}

function Shown({ opening, kit }: { opening: Opening; kit: Kit }) {
  const [renaming, setRenaming] = useState(false);
  const change = useChangeOpening(opening.id);
  return (
    <Page
      title={opening.title}
      section="openings"
      barEnd={
        <span className="small wide-only">
          kit <span className="mono">{opening.kit_hash.slice(0, 7)}</span>
        </span>
      }
    >
      <div className="wrap openings opening">
        <header className="opening-head">
          <p className="muted">
            {[opening.pack_title, opening.seniority_title, opening.team].filter(Boolean).join(" · ")}
            {opening.closed_at && ` · closed ${longDate(opening.closed_at)}`}
          </p>
          <h1 dir="auto">{opening.title}</h1>
          {opening.can_edit && (
            <p className="opening-do">
              <button type="button" className="link" onClick={() => setRenaming(true)}>
                Rename
              </button>
              <button
                type="button"
                className="link"
                disabled={change.isPending}
                onClick={() => change.mutate({ closed: opening.closed_at === null })}
              >
                {opening.closed_at ? "Open again" : "Close the opening"}
              </button>
            </p>
          )}
          {change.isError && <ErrorNotice error={change.error} />}
          <nav className="opening-jumps" aria-label="On this page">
            <a className="link" href="#bar">
              Bar
            </a>
            <a className="link" href="#plan">
              Plan
            </a>
            <a className="link" href="#candidates">
              Candidates ({opening.loops.length})
            </a>
          </nav>
        </header>
        <div className="opening-cols">
          <div className="opening-main">
            <BarSection opening={opening} kit={kit} />
            <PlanSection opening={opening} kit={kit} />
          </div>
          <section className="opening-candidates" aria-labelledby="candidates">
            <div className="head">
              <h2 id="candidates">3 Candidates</h2>
            </div>
            {opening.loops.length > 0 ? <Candidates loops={opening.loops} /> : <p className="muted openings-none">None yet.</p>}
            {opening.can_edit && <AddCandidate opening={opening} />}
          </section>
        </div>
      </div>
      {renaming && <Rename opening={opening} onClose={() => setRenaming(false)} />}
    </Page>
  );
}

function Rename({ opening, onClose }: { opening: Opening; onClose: () => void }) {
  const change = useChangeOpening(opening.id);
  const [title, setTitle] = useState(opening.title);
  const [team, setTeam] = useState(opening.team);
  return (
    <Dialog
      open
      onClose={onClose}
      title="Rename the opening"
      actions={
        <Button
          kind="go"
          busy={change.isPending && "Saving …"}
          onClick={() => title.trim() !== "" && change.mutate({ title: title.trim(), team: team.trim() }, { onSuccess: onClose })}
        >
          Save
        </Button>
      }
    >
      <Field label="Title" error={title.trim() === "" ? "Give the opening a title." : undefined}>
        {(control) => <input {...control} dir="auto" maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <Field label="Team">
        {(control) => <input {...control} dir="auto" maxLength={200} value={team} onChange={(event) => setTeam(event.target.value)} />}
      </Field>
      {change.isError && <ErrorNotice error={change.error} />}
    </Dialog>
  );
}
