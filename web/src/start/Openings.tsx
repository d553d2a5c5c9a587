// Openings and their candidates: how far each loop is, and the next step as a link.
import { Link } from "react-router";
import { useMe } from "../api/queries";
import type { LoopRow, OpeningRow } from "../api/types";
import { SevenHeard } from "../shared/marks";
import { Empty } from "../shared/states";
import { nearTime, shortDate } from "../shared/time";

export function Openings({ openings }: { openings: OpeningRow[] }) {
  const me = useMe().data;
  const mayOpen = me?.person?.role !== "interviewer";
  return (
    <section aria-labelledby="start-openings">
      <div className="head">
        <h2 id="start-openings">Openings</h2>
        {mayOpen ? (
          <Link className="link" to="/openings/new">
            New opening
          </Link>
        ) : (
          <Link className="link" to="/openings">
            All
          </Link>
        )}
      </div>
      {openings.length === 0 ? (
        <Empty>
          <p>
            No opening yet. An opening holds the bar, the plan of the loop and the candidates, so that everybody is asked and
            measured alike.
          </p>
        </Empty>
      ) : (
        <table className="table start-openings">
          <thead>
            <tr>
              <th scope="col">Role, team</th>
              <th scope="col">Candidate</th>
              <th scope="col" className="start-mid">
                Areas heard
              </th>
              <th scope="col" className="start-mid">
                Interviews
              </th>
              <th scope="col">Next</th>
            </tr>
          </thead>
          <tbody>{openings.flatMap(rowsOf)}</tbody>
        </table>
      )}
    </section>
  );
}

function rowsOf(opening: OpeningRow) {
  const bar = opening.bar_written_at ? `bar written ${shortDate(opening.bar_written_at)}` : "no bar yet";
  const role = (
    <th scope="row">
      <Link to={`/openings/${opening.id}`} className="start-role">
        <b dir="auto">{opening.title}</b>
      </Link>
      <span className="muted" dir="auto">
        {[opening.seniority_title, opening.team, bar].filter(Boolean).join(" · ")}
      </span>
    </th>
  );
  if (opening.loops.length === 0) {
    return [
      <tr key={opening.id}>
        {role}
        <td className="muted">none yet</td>
        <td className="start-mid" />
        <td className="start-mid" />
        <td>
          <Link className="link" to={`/openings/${opening.id}`}>
            {opening.bar_written_at ? "Add a candidate" : "Write the bar first"}
          </Link>
        </td>
      </tr>,
    ];
  }
  return opening.loops.map((loop) => (
    <tr key={loop.id}>
      {role}
      <td>
        <Link to={`/loops/${loop.id}`} className="start-role">
          <span className="mono">{loop.code}</span>
          {loop.name && (
            <span className="muted start-name" dir="auto">
              {loop.name}
            </span>
          )}
        </Link>
      </td>
      <td className="start-mid">
        <SevenHeard heard={loop.heard} />
      </td>
      <td className="muted start-mid">
        {loop.interviews_done} of {loop.interviews}
      </td>
      <td>
        <Next loop={loop} />
      </td>
    </tr>
  ));
}

function Next({ loop }: { loop: LoopRow }) {
  const { kind, at, interview_id } = loop.next;
  const when = at ? ` ${nearTime(at)}` : "";
  const steps: Record<LoopRow["next"]["kind"], { to: string; say: string }> = {
    schedule: { to: `/loops/${loop.id}`, say: "Set a date" },
    interview: { to: interview_id ? `/interviews/${interview_id}` : `/loops/${loop.id}`, say: `Interview${when}` },
    scorecard: { to: `/loops/${loop.id}`, say: at ? `Scorecards due${when}` : "Scorecards" },
    debrief: { to: `/loops/${loop.id}/debrief`, say: `Debrief${when}` },
    decided: { to: `/loops/${loop.id}/record`, say: "Decided" },
    none: { to: `/loops/${loop.id}`, say: "Open" },
  };
  const step = steps[kind];
  return (
    <Link className="link" to={step.to}>
      {step.say}
    </Link>
  );
}
