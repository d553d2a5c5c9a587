// /drills: what a team can drill over, and the drills that one is in.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { Button } from "../shared/Button";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { HeldAs } from "../start/HeldAs";
import { nearTime } from "../shared/time";
import { type Drills, drillsQuery, makeDrill } from "./api";
import "./drills.css";

const PART = { leader: "you lead", operator: "operator", invited: "" };

export function Component() {
  const drills = useQuery(drillsQuery);
  return (
    <Page title="Drills">
      <div className="wrap plain-page dr-page">
        <h1 className="title">Drill with your team</h1>
        <p className="reading muted pretty">
          One running system, several of you, and no candidate: everybody sees the same, decides, moves and answers, and the log says who did what. What
          goes wrong is nobody’s to see until it has ended; then it is told to all. Nothing of it is scored or kept with interviews.
        </p>
        {drills.isPending && <Loading what="Looking what runs" />}
        {drills.isError && <ErrorNotice error={drills.error} retry={() => void drills.refetch()} />}
        {drills.data && (
          <>
            {drills.data.yours.length > 0 && <Yours rows={drills.data.yours} />}
            <section aria-labelledby="dr-new">
              <h2 id="dr-new">A new one</h2>
              {drills.data.scenarios.map((scenario) => (
                <New key={scenario.id} scenario={scenario} />
              ))}
              {drills.data.scenarios.length === 0 && <p className="muted">This kit has no running system.</p>}
            </section>
          </>
        )}
      </div>
    </Page>
  );
}

function Yours({ rows }: { rows: Drills["yours"] }) {
  return (
    <section aria-labelledby="dr-yours">
      <h2 id="dr-yours">Yours</h2>
      <ul className="dr-list">
        {rows.map((row) => (
          <li key={row.id}>
            <Link className="link" to={`/drills/${row.id}`} dir="auto">
              {row.title}
            </Link>
            <span className="muted">
              {PART[row.you]}, made {nearTime(row.created_at)} by {row.made_by}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function New({ scenario }: { scenario: Drills["scenarios"][number] }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [variation, setVariation] = useState<string>();
  const make = useMutation({
    mutationFn: (lead: boolean) => makeDrill({ scenario: scenario.id, lead, ...(variation === undefined ? {} : { variation }) }),
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ["drills"] });
      await navigate(`/drills/${id}`);
    },
  });
  return (
    <article className="dr-new" aria-label={scenario.title}>
      <h3 dir="auto">
        {scenario.title} <span className="muted small">{scenario.minutes} min of its own time</span>
      </h3>
      <p className="prose pretty" dir="auto">
        {scenario.story}
      </p>
      <HeldAs variations={scenario.variations} chosen={variation} onChoose={setVariation} />
      <p className="dr-deeds">
        <Button kind="go" busy={make.isPending && make.variables && "Opening …"} onClick={() => make.mutate(true)}>
          Drill: I lead
        </Button>
        <Button busy={make.isPending && !make.variables && "Opening …"} onClick={() => make.mutate(false)}>
          Drill: nobody leads
        </Button>
        <span className="muted small">Whoever leads breaks things by hand. With nobody leading, they come by themselves.</span>
      </p>
      {make.isError && <ErrorNotice error={make.error} />}
    </article>
  );
}
