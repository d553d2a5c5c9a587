// The strip of phases to scale, with a mark for each note, signal, follow-up and hint, and for now.
// A segment opens its phase for looking; moving the clock there is a deed of its own.
import { useMemo } from "react";
import { clock } from "../../shared/time";
import { layStrip, lengthOf, marksOf, type Segment } from "../record/strip";
import { PHONE, signalKey, useDesk, useElapsed, useMedia, useView } from "./desk";

/** A smaller share of the strip is under 24 px even at 700: too little to hit. The list of phases reaches it. */
const NARROW = 0.035;

export function Strip() {
  const { interview, kit, session, at, look, open } = useDesk();
  const { rows, clock: now } = useView();
  const elapsed = useElapsed(session);
  const phone = useMedia(PHONE);
  const segments = layStrip(interview.agenda, rows, elapsed, now.state === "ended");
  const total = lengthOf(segments, interview.minutes_planned);
  const marks = useMemo(
    () =>
      marksOf(rows, (id, signal) => {
        const area = kit.areas.find((one) => one.id === id);
        return area ? signalKey(area, signal) : "?";
      }),
    [rows, kit],
  );
  const started = now.state !== "planned";
  const many = interview.areas.length > 1;
  const areaName = (id: string) => kit.areas.find((one) => one.id === id)?.short ?? id;
  const current = segments.find((one) => one.state === "now");
  return (
    <nav className="strip" aria-label="Phases">
      <ol className="strip-phases">
        {segments.map((one, place) => (
          <li
            key={`${one.phase}-${one.from_ms}`}
            data-state={one.state}
            data-first-of-area={(many && segments[place - 1]?.area !== one.area) || undefined}
            style={{ flexGrow: one.to_ms - one.from_ms }}
          >
            {one.to_ms - one.from_ms < NARROW * total ? (
              <span className="vh">{one.title}</span>
            ) : (
              <button
                type="button"
                tabIndex={phone ? -1 : undefined}
                aria-current={one.state === "now" ? "step" : undefined}
                aria-pressed={one.phase === at.id}
                title={titleOf(one, many ? areaName(one.area) : null)}
                onClick={() => look(one.state === "now" ? null : one.phase)}
              >
                {one.title} <span>{minutesOf(one)}</span>
              </button>
            )}
          </li>
        ))}
      </ol>
      <div className="strip-marks" aria-hidden="true">
        {started && <i className="past" style={{ width: percent(elapsed, total) }} />}
        {marks.map((mark) => (
          <i key={mark.id} data-kind={mark.kind} style={{ left: percent(mark.at_ms, total) }}>
            {mark.label}
          </i>
        ))}
        {started && <i className="now" style={{ left: percent(elapsed, total) }} />}
      </div>
      {phone && (
        <button type="button" className="strip-open" onClick={() => open("phases")}>
          <span className="vh">
            All phases. {current ? `Now ${current.title}.` : ""} {marks.length} marks.
          </span>
        </button>
      )}
    </nav>
  );
}

function percent(at_ms: number, total_ms: number): string {
  return `${Math.min(100, Math.max(0, (at_ms / total_ms) * 100)).toFixed(3)}%`;
}

/** Planned minutes, and how many it took where that differs. */
function minutesOf(segment: Segment): string {
  if (segment.state !== "done") return String(segment.minutes);
  return String(Math.max(1, Math.round((segment.to_ms - segment.from_ms) / 60_000)));
}

function titleOf(segment: Segment, area: string | null): string {
  const name = area ? `${area}: ${segment.title}` : segment.title;
  if (segment.state === "to come") return `${name}, ${segment.minutes} minutes, to come`;
  return `${name}, from ${clock(segment.from_ms)}, ${segment.minutes} minutes planned`;
}
