// The seven lines in their fixed order: the bar, one column of equal width for each interviewer, and
// how far the bar is met, in words. A row opens in place.
import { type CSSProperties, type ReactNode, type Ref, useRef } from "react";
import type { DebriefLine, PersonRef } from "../api/types";
import { ConfidenceMark, confidenceWords, LevelMark } from "../shared/marks";
import { count } from "../shared/time";
import { Bracket } from "./Bracket";
import { shortName } from "./names";

interface LinesProps {
  lines: DebriefLine[];
  panel: PersonRef[];
  open: string | null;
  onToggle: (area: string) => void;
  /** What an open row shows. */
  detail: (line: DebriefLine) => ReactNode;
  headRef: Ref<HTMLDivElement>;
}

export function Lines({ lines, panel, open, onToggle, detail, headRef }: LinesProps) {
  return (
    <div className={panel.length > 4 ? "lines many" : panel.length === 4 ? "lines four" : "lines"} style={{ "--n": panel.length } as CSSProperties}>
      <div className="lines-head" ref={headRef} aria-hidden="true">
        <span>Line</span>
        <span>Bar</span>
        <span className="people">
          {panel.map((person) => (
            <b key={person.id} title={person.name}>
              <bdi>{shortName(person, panel)}</bdi>
            </b>
          ))}
        </span>
        <span>Bar met</span>
      </div>
      {lines.map((line) => (
        <Row
          key={line.area}
          line={line}
          panel={panel}
          open={open === line.area}
          onToggle={() => onToggle(line.area)}
          detail={detail}
        />
      ))}
    </div>
  );
}

interface RowProps {
  line: DebriefLine;
  panel: PersonRef[];
  open: boolean;
  onToggle: () => void;
  detail: (line: DebriefLine) => ReactNode;
}

function Row({ line, panel, open, onToggle, detail }: RowProps) {
  const article = useRef<HTMLElement>(null);
  return (
    <article className={open ? "line open" : "line"} id={`line-${line.area}`} ref={article}>
      <div className="line-row">
        <div className="line-name">
          <i>{line.number}</i>
          <div>
            <h3>
              <button type="button" aria-expanded={open} data-line={line.area} onClick={onToggle}>
                {line.title}
              </button>
            </h3>
            <p className="muted small">{line.question}</p>
          </div>
        </div>
        <div className="line-bar">
          <span className="wide-only vh">Bar: </span>
          <span className="phone-only">bar</span>
          {line.bar ? <LevelMark level={line.bar} /> : <span>no bar</span>}
        </div>
        <ul className={line.spread ? "people differ" : "people"}>
          {line.cells.map((cell) => {
            const person = panel.find((one) => one.id === cell.person_id);
            return (
              <li key={cell.person_id} className={cell.assessed ? "cell" : "cell none"}>
                <span className="vh">{person?.name}: </span>
                <span className="cell-who" aria-hidden="true">
                  {person?.initials}
                </span>
                <LevelMark
                  level={cell.assessed ? cell.level : null}
                  word={cell.assessed ? undefined : cell.due ? "not seen" : "not asked"}
                />
                {cell.assessed && cell.confidence && (
                  <span title={confidenceWords[cell.confidence]} className="cell-sure">
                    <ConfidenceMark confidence={cell.confidence} bare />
                  </span>
                )}
              </li>
            );
          })}
          {line.spread && (
            <li className="bracket-holder">
              <Bracket cells={line.cells} spread={line.spread} />
            </li>
          )}
        </ul>
        <div className="line-met">
          <b>{line.met.say}</b> <span>{line.moments === 0 ? "no moments" : count(line.moments, "moment")}</span>
        </div>
      </div>
      {open && <div className="line-detail">{detail(line)}</div>}
    </article>
  );
}
