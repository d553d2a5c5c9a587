// The last interviews, newest first.
import { Link } from "react-router";
import type { InterviewRow } from "../api/types";
import { Empty } from "../shared/states";
import { clock, count, shortDate } from "../shared/time";

interface RecentRecordsProps {
  recent: InterviewRow[];
  total: number;
}

export function RecentRecords({ recent, total }: RecentRecordsProps) {
  return (
    <section aria-labelledby="start-records" className="start-records">
      <div className="head">
        <h2 id="start-records">Recent records</h2>
        {total > 0 && (
          <Link className="link" to="/records">
            All {total}
          </Link>
        )}
      </div>
      {recent.length === 0 ? (
        <Empty>
          <p>No interview yet. Each one leaves a record here, from its first minute.</p>
        </Empty>
      ) : (
        <table className="table">
          <thead className="vh">
            <tr>
              <th scope="col">Date</th>
              <th scope="col">Candidate</th>
              <th scope="col">Interview</th>
              <th scope="col">Length</th>
              <th scope="col">Moments</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {recent.map((row) => (
              <tr key={row.id}>
                <td className="muted nowrap">{when(row)}</td>
                <td className="mono nowrap">{row.code}</td>
                <td>
                  <Link className="start-role" to={`/interviews/${row.id}`} dir="auto">
                    {row.title}
                  </Link>
                </td>
                <td className="muted start-mid">{clock(row.elapsed_ms)}</td>
                <td className="muted start-mid nowrap">{count(row.moments, "moment")}</td>
                <td className="nowrap">{stateOf(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const when = (row: InterviewRow): string => {
  const time = row.started_at ?? row.scheduled_at;
  return time ? shortDate(time) : "";
};

function stateOf(row: InterviewRow): string {
  if (row.state === "running") return "running";
  if (row.state === "paused") return "paused";
  if (row.state === "planned") return "planned";
  if (row.scored) return "scored";
  return row.mine ? "not scored" : "ended";
}
