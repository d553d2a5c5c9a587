// Where in the interview a moment lies: phases as they were held, to scale, a tick for every note, and
// the window that the list below shows. Drawn for the eye; the list says the same in words.
import type { Interview } from "../../api/types";
import { clock } from "../../shared/time";
import { phasesHeld } from "./window";

interface PlaceProps {
  interview: Interview;
  at_ms: number;
  from_ms: number;
  to_ms: number;
}

export function Place({ interview, at_ms, from_ms, to_ms }: PlaceProps) {
  const last = interview.entries.reduce((latest, entry) => Math.max(latest, entry.at_ms), 0);
  const end_ms = Math.max(interview.live.elapsed_ms, last, at_ms, 1);
  const x = (ms: number) => `${Math.min(100, Math.max(0, (ms / end_ms) * 100))}%`;
  const width = (from: number, to: number) => `${Math.max(0, (Math.min(to, end_ms) - from) / end_ms) * 100}%`;
  const phases = phasesHeld(interview.entries, end_ms);
  const title = (id: string) => interview.agenda.find((phase) => phase.id === id)?.title ?? id;
  return (
    <div className="place" aria-hidden="true">
      <div className="place-phases">
        {phases.map((phase) => (
          <span
            key={`${phase.id}${phase.from_ms}`}
            className={at_ms >= phase.from_ms && at_ms < phase.to_ms ? "now" : undefined}
            style={{ insetInlineStart: x(phase.from_ms), width: width(phase.from_ms, phase.to_ms) }}
          >
            {title(phase.id)}
          </span>
        ))}
      </div>
      <div className="place-marks">
        <i className="place-window" style={{ insetInlineStart: x(from_ms), width: width(from_ms, to_ms) }} />
        {interview.entries
          .filter((entry) => !entry.withdrawn && (entry.body.kind === "note" || entry.body.kind === "signal"))
          .map((entry) => (
            <i
              key={entry.id}
              className={entry.body.kind === "note" ? "place-note" : "place-signal"}
              style={{ insetInlineStart: x(entry.at_ms) }}
            />
          ))}
        <i className="place-at" style={{ insetInlineStart: x(at_ms) }} />
      </div>
      <div className="place-ends">
        <span>00:00</span>
        <b style={{ insetInlineStart: x(at_ms) }}>{clock(at_ms)}</b>
        <span>{clock(end_ms)}</span>
      </div>
    </div>
  );
}
