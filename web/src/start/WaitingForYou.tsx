// What the signed-in person owes, soonest first as the server gives it.
import { Link } from "react-router";
import type { Waiting } from "../api/types";
import { Empty } from "../shared/states";
import { nearTime } from "../shared/time";

export function WaitingForYou({ waiting }: { waiting: Waiting[] }) {
  return (
    <section className="start-waiting" aria-labelledby="start-waiting">
      <div className="head">
        <h2 id="start-waiting">Waiting for you</h2>
      </div>
      {waiting.length === 0 ? (
        <Empty>
          <p>Nothing. Interviews you are to hold, scorecards you owe and debriefs that are ready will stand here.</p>
        </Empty>
      ) : (
        <ul>
          {waiting.map((debt) => {
            const { to, say } = stepOf(debt);
            return (
              <li key={`${debt.kind}/${to}`}>
                <Link className="start-debt" to={to}>
                  <span dir="auto">{debt.title}</span>
                  <span className="link">{say}</span>
                  <span className="muted small" dir="auto">
                    {debt.detail}
                    {debt.due_at && debt.kind === "scorecard" && ` Due ${nearTime(debt.due_at)}.`}
                  </span>
                </Link>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function stepOf(debt: Waiting): { to: string; say: string } {
  const when = debt.due_at ? nearTime(debt.due_at) : "Open";
  switch (debt.kind) {
    case "scorecard":
      return { to: `/loops/${debt.loop_id}/scorecard`, say: "Finish" };
    case "debrief":
      return { to: `/loops/${debt.loop_id}/debrief`, say: when };
    case "interview":
      return { to: `/interviews/${debt.interview_id}/preread`, say: "Pre-read" };
    case "bar":
      return { to: `/openings/${debt.opening_id}`, say: "Write" };
  }
}
