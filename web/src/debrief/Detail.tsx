// An open line: what speaks for each level side by side, what would have moved it, what the line costs
// the business, and, on demand, the moment itself from the record.
import type { CSSProperties } from "react";
import type { Area, DebriefEvidence, DebriefLine, PersonRef } from "../api/types";
import { LevelMark } from "../shared/marks";
import { clock } from "../shared/time";
import { Moment } from "./moment/Moment";
import { possessive, shortName } from "./names";

interface DetailProps {
  line: DebriefLine;
  area: Area | undefined;
  panel: PersonRef[];
  /** The evidence whose moment is open. */
  moment: string | null;
  onMoment: (key: string | null) => void;
}

const kinds = { said: "said", did: "did", reading: "my reading" } as const;

/** The same note may be cited by two people, for two levels. */
export const evidenceKey = (one: DebriefEvidence): string => `${one.who}/${one.entry}`;

export function Detail({ line, area, panel, moment, onMoment }: DetailProps) {
  const initials = (id: string) => panel.find((one) => one.id === id)?.initials ?? "";
  const name = (id: string) => {
    const person = panel.find((one) => one.id === id);
    return person ? shortName(person, panel) : "somebody";
  };
  const all = line.sides.flatMap((side) => side.evidence);
  const chosen = all.find((one) => evidenceKey(one) === moment) ?? null;
  return (
    <>
      {line.sides.length === 0 && (
        <p className="detail-none">
          Nobody assessed this line. It counts neither for nor against; if it matters for the decision, plan twenty minutes
          on it below.
        </p>
      )}
      <div className="sides" style={{ "--sides": Math.max(2, line.sides.length) } as CSSProperties}>
        {line.sides.map((side) => (
          <section key={side.level}>
            <h4>
              <LevelMark level={side.level} word={`For ${side.level}`} />
              <span className="muted small">{side.who.map(initials).join(", ")}</span>
            </h4>
            <ol>
              {side.evidence.map((one) => (
                <li key={evidenceKey(one)}>
                  <abbr className="ini" title={panel.find((person) => person.id === one.who)?.name}>
                    {initials(one.who)}
                  </abbr>
                  <span className="prose" dir="auto">
                    {one.text}
                  </span>
                  <span className="muted small side-by">
                    <span>{kinds[one.kind]}</span>
                    <button
                      type="button"
                      className="moment"
                      aria-expanded={moment === evidenceKey(one)}
                      onClick={() => onMoment(moment === evidenceKey(one) ? null : evidenceKey(one))}
                    >
                      <span className="vh">The record at </span>
                      {clock(one.at_ms)}
                    </button>
                    {one.prompted !== null && <span>{one.prompted ? "prompted by a follow-up" : "unprompted"}</span>}
                    {one.behaviour && (
                      <span>{area?.rubric.behaviours.find((row) => row.id === one.behaviour)?.title}</span>
                    )}
                  </span>
                </li>
              ))}
              {side.evidence.length === 0 && <li className="muted">Nothing was cited.</li>}
            </ol>
          </section>
        ))}
      </div>
      <div className="detail-foot">
        <section>
          <h4>What would have moved it one level</h4>
          {line.would_move.length === 0 ? (
            <p className="muted">Nobody assessed it, so nobody said.</p>
          ) : (
            <ul>
              {line.would_move.map((one) => (
                <li key={one.who}>
                  <abbr className="ini" title={panel.find((person) => person.id === one.who)?.name}>
                    {initials(one.who)}
                  </abbr>
                  <span className="prose" dir="auto">
                    {one.text}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section>
          <h4>What this line costs the business</h4>
          <p className="prose">
            {line.impact.poor_hire} {line.impact.good_hire}
          </p>
          {(line.bar || line.bar_reason) && (
            <p className="muted small detail-bar">
              Bar{line.bar ? `, ${line.bar}` : ": none"}. {line.bar_reason}
            </p>
          )}
        </section>
      </div>
      {chosen && (
        <div className="detail-moment">
          <Moment moment={chosen} whose={`${possessive(name(chosen.who))} note`} onClose={() => onMoment(null)} />
        </div>
      )}
    </>
  );
}
