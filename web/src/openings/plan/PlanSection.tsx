// The plan of the loop: which session asks about which areas, for how long, and why there. Read here,
// edited in place; mistakes are the server's sentences.
import { useState } from "react";
import { Link } from "react-router";
import type { Kit, Opening, Session, SessionItem } from "../../api/types";
import { count } from "../../shared/time";
import { minutesOf, totalMinutes } from "./draft";
import { PlanEditor } from "./PlanEditor";

export function PlanSection({ opening, kit }: { opening: Opening; kit: Kit }) {
  const [editing, setEditing] = useState(false);
  const { sessions } = opening.plan;
  return (
    <section aria-labelledby="plan" className="opening-part">
      <div className="head">
        <h2 id="plan">2 Plan</h2>
        <span className="muted">
          {count(sessions.length, "session")}, {totalMinutes(sessions)} minutes of asking; ten more each for arriving and leaving
        </span>
        {opening.can_edit && !editing && (
          <button type="button" className="link" onClick={() => setEditing(true)}>
            Edit the plan
          </button>
        )}
      </div>
      {opening.plan_mistakes.length > 0 && <Mistakes mistakes={opening.plan_mistakes} />}
      {editing ? (
        <PlanEditor opening={opening} kit={kit} onDone={() => setEditing(false)} />
      ) : (
        <>
          <ol className="sessions">
            {sessions.map((session, i) => (
              <SessionView key={session.id} number={i + 1} session={session} kit={kit} />
            ))}
          </ol>
          <p className="muted small opening-take">
            The plan to take away:{" "}
            {(["pdf", "html", "md"] as const).map((to, i) => (
              <span key={to}>
                {i > 0 && ", "}
                <a className="link" href={`/api/kit/export?to=${to}&opening=${encodeURIComponent(opening.id)}`} download>
                  {to === "md" ? "Markdown" : to.toUpperCase()}
                </a>
              </span>
            ))}
          </p>
        </>
      )}
    </section>
  );
}

export function Mistakes({ mistakes }: { mistakes: string[] }) {
  return (
    <div className="notice plan-mistakes" role="alert">
      <b>{mistakes.length === 1 ? "One thing is wrong with this plan" : `${mistakes.length} things are wrong with this plan`}</b>
      <ul>
        {mistakes.map((mistake) => (
          <li key={mistake} dir="auto">
            {mistake}
          </li>
        ))}
      </ul>
    </div>
  );
}

function SessionView({ number, session, kit }: { number: number; session: Session; kit: Kit }) {
  return (
    <li className="session">
      <div className="session-head">
        <h3 dir="auto">
          <span className="muted">{number}</span> {session.title}
        </h3>
        <span className="muted nowrap">{minutesOf(session)} min</span>
      </div>
      {session.asked_by && (
        <p>
          <span className="muted">Asked by</span> {session.asked_by}.
        </p>
      )}
      <p className="muted prose" dir="auto">
        {session.reason}
      </p>
      {session.items.map((item) => (
        <ItemView key={item.area} item={item} kit={kit} />
      ))}
    </li>
  );
}

function ItemView({ item, kit }: { item: SessionItem; kit: Kit }) {
  const area = kit.areas.find((one) => one.id === item.area);
  const exercises = kit.exercises.filter((one) => item.exercises.includes(one.id));
  return (
    <div className="item">
      <div>
        <Link className="link" to={`/kit/${item.area}`}>
          {area?.short ?? item.area}
        </Link>
        <span className="muted small">
          {item.depth}, {item.minutes} min
        </span>
      </div>
      <div>
        <p className="prose" dir="auto">
          {item.reason}
        </p>
        <details>
          <summary className="link small">
            {[
              count(item.prompts.length, "prompt"),
              count(item.follow_ups.length, "follow-up"),
              exercises.length > 0 ? count(exercises.length, "exercise") : "",
            ]
              .filter(Boolean)
              .join(", ")}
          </summary>
          <ul className="asked">
            {item.prompts.map((id) => (
              <li key={id}>
                <span className="muted small">prompt</span>
                <span className="prose">{area?.prompts.find((one) => one.id === id)?.text ?? id}</span>
              </li>
            ))}
            {item.follow_ups.map((id) => (
              <li key={id}>
                <span className="muted small">follow-up</span>
                <span>{area?.follow_ups.find((one) => one.id === id)?.text ?? id}</span>
              </li>
            ))}
            {exercises.map((one) => (
              <li key={one.id}>
                <span className="muted small">exercise</span>
                <Link className="link" to={`/kit/exercises/${one.id}`}>
                  {one.title}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      </div>
    </div>
  );
}
