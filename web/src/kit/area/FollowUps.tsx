// Follow-ups with their moment in the margin of the question, and how each is answered by somebody
// who has read about it and by somebody who has lived it.
import type { FollowUp } from "../../api/types";

export function FollowUps({ follow_ups }: { follow_ups: FollowUp[] }) {
  return (
    <ul className="kit-follow-ups">
      {follow_ups.map((followUp) => (
        <li key={followUp.id}>
          <div className="small muted">
            {followUp.separates && <b className="kit-separates">Separates</b>}
            <span dir="auto">{followUp.moment}</span>
          </div>
          <div>
            <p className="reading pretty" dir="auto">
              {followUp.text}
            </p>
            <dl className="kit-sounds small">
              <dt className="muted">shallow</dt>
              <dd dir="auto">{followUp.shallow}</dd>
              <dt className="muted">lived</dt>
              <dd dir="auto">{followUp.lived}</dd>
            </dl>
          </div>
        </li>
      ))}
    </ul>
  );
}
