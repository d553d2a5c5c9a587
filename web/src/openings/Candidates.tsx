// Candidates of an opening as rows: which areas were heard, how far the loop is, and its next step.
import { Link } from "react-router";
import type { LoopRow } from "../api/types";
import { SevenHeard } from "../shared/marks";
import { nearTime } from "../shared/time";

export function Candidates({ loops }: { loops: LoopRow[] }) {
  return (
    <table className="table candidates">
      <thead>
        <tr>
          <th scope="col">Candidate</th>
          <th scope="col">Areas heard</th>
          <th scope="col">Interviews</th>
          <th scope="col">Next</th>
        </tr>
      </thead>
      <tbody>
        {loops.map((loop) => {
          const next = nextStep(loop);
          return (
            <tr key={loop.id}>
              <th scope="row">
                <Link to={`/loops/${loop.id}`} className="candidate-link">
                  <span className="mono">{loop.code}</span>{" "}
                  <span className="muted">
                    <bdi>{loop.name}</bdi>
                  </span>
                </Link>
              </th>
              <td>
                <SevenHeard heard={loop.heard} />
              </td>
              <td className="muted nowrap">
                {loop.interviews_done} of {loop.interviews}
              </td>
              <td>
                <Link className="link" to={next.to}>
                  {next.say}
                </Link>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function nextStep(loop: LoopRow): { to: string; say: string } {
  const when = loop.next.at ? ` ${nearTime(loop.next.at)}` : "";
  const page = `/loops/${loop.id}`;
  switch (loop.next.kind) {
    case "schedule":
      return { to: page, say: "Set a date" };
    case "interview":
      return { to: loop.next.interview_id ? `/interviews/${loop.next.interview_id}` : page, say: `Interview${when}` };
    case "scorecard":
      return { to: page, say: when ? `Scorecards due${when}` : "Scorecards due" };
    case "debrief":
      return { to: `${page}/debrief`, say: `Debrief${when}` };
    case "decided":
      return { to: `${page}/record`, say: "Decided" };
    default:
      return { to: page, say: "Open" };
  }
}
