// One interview of a loop: who should ask, what is asked, for how long, and why here.
import { Link } from "react-router";
import { useKitNow } from "../api/queries";
import type { Session, SessionItem } from "../api/types";
import { Button } from "../shared/Button";
import { ErrorNotice } from "../shared/states";
import { useStartInterview } from "../start/useStartInterview";
import { areaOf, firstParagraph, followUpOf, promptOf } from "./find";

interface SessionPlanProps {
  number: number;
  session: Session;
  pack: string;
}

export function SessionPlan({ number, session, pack }: SessionPlanProps) {
  const start = useStartInterview();
  const minutes = session.items.reduce((sum, item) => sum + item.minutes, 0);
  return (
    <section className="kit-session" aria-label={`Interview ${number}: ${session.title}`}>
      <header>
        <h3>
          <span className="muted">{number}</span> {session.title}
        </h3>
        <span className="muted">{minutes} min</span>
        <Button busy={start.isPending && "Starting …"} onClick={() => start.mutate({ pack, session: session.id })}>
          Start this interview
        </Button>
      </header>
      <p>
        <span className="muted">Asked by</span> {session.asked_by}
      </p>
      <p className="muted pretty">{session.reason}</p>
      {start.isError && <ErrorNotice error={start.error} />}
      {session.items.map((item) => (
        <Item key={item.area} item={item} />
      ))}
    </section>
  );
}

function Item({ item }: { item: SessionItem }) {
  const kit = useKitNow().data;
  const area = areaOf(kit, item.area);
  const exercises = kit.exercises.filter((exercise) => item.exercises.includes(exercise.id));
  return (
    <div className="kit-item">
      <div>
        <Link className="link" to={`/kit/${item.area}`}>
          {area?.short ?? item.area}
        </Link>
        <span className="muted small">
          {item.depth}, {item.minutes} min
        </span>
      </div>
      <div>
        <p className="pretty">{item.reason}</p>
        <details>
          <summary className="link small">
            What is asked: {item.prompts.length + item.follow_ups.length + exercises.length}
          </summary>
          <ul className="kit-asked">
            {item.prompts.map((id) => (
              <li key={id}>
                <span className="muted small">prompt</span>
                <span dir="auto">{firstParagraph(promptOf(area, id)?.text ?? id)}</span>
              </li>
            ))}
            {item.follow_ups.map((id) => (
              <li key={id}>
                <span className="muted small">follow-up</span>
                <span dir="auto">{followUpOf(area, id)?.text ?? id}</span>
              </li>
            ))}
            {exercises.map((exercise) => (
              <li key={exercise.id}>
                <span className="muted small">exercise</span>
                <Link className="link" to={`/kit/exercises/${exercise.id}`}>
                  {exercise.title}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      </div>
    </div>
  );
}
