// /openings — every opening that this reader may see, with its bar, its candidates, and the next step
// of each loop.
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useMe } from "../api/queries";
import type { OpeningRow } from "../api/types";
import { ButtonLink } from "../shared/Button";
import { Page } from "../shared/Page";
import { Empty, ErrorNotice, Loading } from "../shared/states";
import { longDate } from "../shared/time";
import { openingsQuery } from "./api";
import { Candidates } from "./Candidates";
import "./openings.css";

export function OpeningsPage() {
  const openings = useQuery(openingsQuery);
  const me = useMe().data;
  const mayWrite = me?.person ? me.person.role !== "interviewer" : false;
  return (
    <Page title="Openings" section="openings">
      <div className="wrap openings">
        <div className="openings-head">
          <h1>Openings</h1>
          <p className="muted">A role to fill: its bar, the plan of its loop, its candidates.</p>
          {mayWrite && (
            <ButtonLink to="/openings/new" className="end">
              New opening
            </ButtonLink>
          )}
        </div>
        {openings.isError && !openings.data ? (
          <ErrorNotice error={openings.error} retry={() => void openings.refetch()} />
        ) : !openings.data ? (
          <Loading what="Reading the openings" />
        ) : openings.data.length === 0 ? (
          <Empty title="There is no opening yet.">
            <p>
              An opening begins with a role pack of the kit, which proposes a bar for every line and a plan that covers all seven
              areas. You change what does not fit, then add candidates.
            </p>
            {mayWrite ? (
              <ButtonLink kind="go" to="/openings/new">
                New opening
              </ButtonLink>
            ) : (
              <p>A hiring manager or an administrator makes one. Until then you can hold an interview from the start page.</p>
            )}
          </Empty>
        ) : (
          openings.data.map((opening) => <Row key={opening.id} opening={opening} mayWrite={mayWrite} />)
        )}
      </div>
    </Page>
  );
}

function Row({ opening, mayWrite }: { opening: OpeningRow; mayWrite: boolean }) {
  return (
    <section className="openings-one" aria-labelledby={`opening-${opening.id}`}>
      <div className="head">
        <h2 id={`opening-${opening.id}`}>
          <Link to={`/openings/${opening.id}`} dir="auto">
            {opening.title}
          </Link>
        </h2>
        <span className="muted">
          {[
            opening.seniority_title,
            opening.team,
            opening.bar_written_at ? `bar written ${longDate(opening.bar_written_at)}` : "no bar yet",
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <Link className="link" to={`/openings/${opening.id}`}>
          {opening.bar_written_at || !mayWrite ? "Bar and plan" : "Write the bar first"}
        </Link>
      </div>
      {opening.loops.length > 0 ? (
        <Candidates loops={opening.loops} />
      ) : (
        <p className="muted openings-none">
          {opening.bar_written_at ? "No candidate yet." : "No candidate can be added before the bar is written."}
        </p>
      )}
    </section>
  );
}
