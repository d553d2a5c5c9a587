// The T-shape, drawn: beam is breadth, stems are depth, never one number. The same in a table below it.
import { useId } from "react";
import type { Level, Stem } from "../api/types";
import { ConfidenceMark, LevelMark } from "../shared/marks";
import { BEAM, beams, COLUMN, DEPTH, drawStem, inWords, LEFT, STEM } from "./shape";
import "./shape.css";

const levels: readonly Level[] = ["weak", "good", "excellent"];
const LONGEST = 19;

export function Shape({ stems, legend = true }: { stems: Stem[]; legend?: boolean }) {
  const id = useId();
  const hatch = `${id}hatch`;
  const end = LEFT + stems.length * COLUMN - (COLUMN - STEM);
  const right = end + 12;
  return (
    <figure className="shape">
      <svg viewBox={`0 0 ${right + 80} 284`} role="img" aria-label={inWords(stems)}>
        <defs>
          <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0 0v4" stroke="var(--ink)" strokeWidth="1.6" />
          </pattern>
        </defs>
        {levels.map((level) => (
          <g key={level}>
            <path d={`M0 ${DEPTH[level] + 0.5}H${right}`} stroke="var(--rule)" />
            <Mark level={level} x={right + 4} y={DEPTH[level] - 5.5} />
            <text className="muted" x={right + 20} y={DEPTH[level] + 4.5}>
              {level}
            </text>
          </g>
        ))}
        {beams(stems).map((piece) =>
          piece.gap ? (
            <path
              key={piece.x}
              d={`M${piece.x} ${BEAM.top + 0.75}h${piece.width}M${piece.x} ${BEAM.top + BEAM.height - 0.75}h${piece.width}`}
              stroke="var(--muted)"
              strokeWidth="1.2"
              strokeDasharray="3 3"
            />
          ) : (
            <rect key={piece.x} x={piece.x} y={BEAM.top} width={piece.width} height={BEAM.height} fill="var(--ink)" />
          ),
        )}
        {stems.map((stem, index) => (
          <StemMark key={stem.area} stem={stem} index={index} hatch={hatch} />
        ))}
      </svg>
      {legend && (
        <figcaption className="shape-key small">
          <span>
            <i className="key-agreed" /> agreed
          </span>
          <span>
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <rect x="0.75" y="0.75" width="10.5" height="10.5" fill={`url(#${hatch})`} stroke="var(--ink)" strokeWidth="1.5" />
            </svg>{" "}
            panel differs
          </span>
          <span>
            <i className="key-gap" /> gap
          </span>
          <span>
            <i className="key-bar" /> bar
          </span>
        </figcaption>
      )}
      {legend && (
        <div className="shape-key small muted screen-only">
          <ConfidenceMark confidence={3} />
          <ConfidenceMark confidence={2} />
          <ConfidenceMark confidence={1} />
        </div>
      )}
      {legend && (
        <details className="shape-table screen-only">
          <summary className="small link">The shape as a table</summary>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Line</th>
                <th scope="col">Panel</th>
                <th scope="col">Bar</th>
              </tr>
            </thead>
            <tbody>
              {stems.map((stem) => (
                <tr key={stem.area}>
                  <th scope="row">{stem.short}</th>
                  <td>
                    {stem.low === stem.high ? (
                      <LevelMark level={stem.low} />
                    ) : (
                      <span>
                        {stem.low} to {stem.high}
                      </span>
                    )}
                  </td>
                  <td>{stem.bar ?? "none"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </figure>
  );
}

function StemMark({ stem, index, hatch }: { stem: Stem; index: number; hatch: string }) {
  const drawn = drawStem(stem, index);
  const { x } = drawn;
  const top = BEAM.top + BEAM.height - 0.5;
  const name = stem.short.length > LONGEST ? `${stem.short.slice(0, LONGEST - 1)}…` : stem.short;
  const weight = stem.state === "differs" ? "strong" : stem.state === "gap" ? "muted" : undefined;
  return (
    <g>
      <text className={weight} transform={`translate(${x + 14} 78) rotate(-48)`}>
        {name}
      </text>
      {drawn.gap && (
        <>
          <path
            d={`M${x + 0.6} ${BEAM.top + BEAM.height + 2}V${DEPTH.excellent}H${x + STEM - 0.6}V${BEAM.top + BEAM.height + 2}`}
            fill="var(--surface)"
            stroke="var(--muted)"
            strokeWidth="1.2"
            strokeDasharray="3 3"
          />
          <text className="muted" transform={`translate(${x + 14} 192) rotate(-90)`}>
            not assessed
          </text>
        </>
      )}
      {drawn.solid_to !== null && <rect x={x} y={top} width={STEM} height={drawn.solid_to - top} fill="var(--ink)" />}
      {drawn.hatched && (
        <>
          <rect
            x={x + 0.75}
            y={drawn.hatched.from + 2.75}
            width={STEM - 1.5}
            height={drawn.hatched.to - drawn.hatched.from - 3.5}
            fill="var(--surface)"
          />
          <rect
            x={x + 0.75}
            y={drawn.hatched.from + 2.75}
            width={STEM - 1.5}
            height={drawn.hatched.to - drawn.hatched.from - 3.5}
            fill={`url(#${hatch})`}
            stroke="var(--ink)"
            strokeWidth="1.5"
          />
        </>
      )}
      {drawn.bar && (
        <>
          {drawn.bar.over && <path d={`M${x - 6} ${drawn.bar.y}h${STEM + 12}`} stroke="var(--surface)" strokeWidth="6" />}
          <path d={`M${x - 5} ${drawn.bar.y}h${STEM + 10}`} stroke="var(--ink)" strokeWidth="2" />
        </>
      )}
    </g>
  );
}

function Mark({ level, x, y }: { level: Level; x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`} className="shape-mark">
      {level === "excellent" ? (
        <rect width="12" height="12" fill="currentColor" />
      ) : (
        <rect x="0.75" y="0.75" width="10.5" height="10.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      )}
      {level === "good" && <rect x="1" y="6" width="10" height="5" fill="currentColor" />}
    </g>
  );
}
