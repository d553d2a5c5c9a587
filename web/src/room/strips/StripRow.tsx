// One strip: its name, its plot, and its values at the cursor's moment in the place of a legend.
import { memo, useMemo } from "react";
import { useRoom } from "../session/hooks";
import { useUi } from "../ui";
import type { Row, Strip } from "../wire";
import { axisFigure, figure } from "./figures";
import { behind, growingOf } from "./readers";
import { areaPath, barsPath, linePath, pileFrom, yOf } from "./paths";
import { placeOf, rowAt, rowsIn, type Span, upward } from "./scale";

interface Props {
  strip: Strip;
  rows: readonly Row[];
  span: Span;
  ticks: readonly number[];
  width: number;
  height: number;
  /** Short: the strong lines' values only. */
  short: boolean;
  /** Its words stand in one line. */
  low: boolean;
  /** In short: a word that tells it from others of the same title. */
  of: string | null;
}

export const StripRow = memo(function StripRow({ strip, rows, span, ticks, width, height, short, low, of }: Props) {
  const amber = useAmber(strip);
  const drawn = useMemo(() => {
    const part = rowsIn(rows, span);
    const up = upward(strip, rows.slice(part[0], part[1] + 1));
    const box = { width, height };
    const bars = strip.unit === "percent";
    return {
      up,
      mark: yOf(up.mark, up, height),
      lines: strip.lines.map((line) => {
        if (bars) return { line, path: barsPath(rows, part, line.at, span, up, box), pile: "", area: "" };
        if (!amber.includes(line.label)) return { line, path: linePath(rows, part, line.at, span, up, box), pile: "", area: "" };
        // Amber from where it began to pile up; before that nothing was the matter.
        const turn = pileFrom(rows, part, line.at);
        const pile: [number, number] = [turn, part[1]];
        return {
          line,
          path: linePath(rows, [part[0], turn], line.at, span, up, box),
          pile: linePath(rows, pile, line.at, span, up, box),
          area: areaPath(rows, pile, line.at, span, up, box),
        };
      }),
      bars,
    };
  }, [strip, rows, span, width, height, amber]);
  return (
    <div className="rm-strip" style={{ height }}>
      <div className="rm-strip-label">
        <b>{strip.title}</b>
        {!short && (
          <span className="muted">
            {strip.says.split(", ")[0]}
            {!low && <span className="rm-strip-unit">{strip.says.slice(strip.says.split(", ")[0]?.length)}</span>}
          </span>
        )}
        {of && (
          <span className="muted rm-strip-of" dir="auto">
            {of}
          </span>
        )}
        <span className="rm-strip-mark muted" style={{ top: Math.min(height - 17, Math.max(0, drawn.mark - 8)) }} aria-hidden="true">
          {axisFigure(drawn.up.mark, strip.unit)}
        </span>
      </div>
      <div className="rm-plot">
        <svg width={width} height={height} aria-hidden="true">
          {ticks.map((v) => {
            const x = Math.round(placeOf(v, span) * width) + 0.5;
            return x > 1 ? <line key={v} className="rm-grid" x1={x} x2={x} y2={height} /> : null;
          })}
          <line className={strip.alert_at === null ? "rm-level" : "rm-level alert"} x2={width} y1={drawn.mark} y2={drawn.mark} />
          {drawn.lines.map(({ line, path, pile, area }) => (
            <g key={line.at} className={`rm-line${line.strong ? " strong" : ""}${drawn.bars ? " bars" : ""}`}>
              {area && <path className="area" d={area} />}
              {path && <path d={path} />}
              {pile && <path className="pile" d={pile} />}
            </g>
          ))}
        </svg>
      </div>
      <Values strip={strip} rows={rows} amber={amber} short={short} height={height} />
    </div>
  );
});

const NONE: readonly string[] = [];

/** Lines of a queue whose readers do not keep up now, by the name of the reader. */
function useAmber(strip: Strip): readonly string[] {
  const drawn = useRoom((state) => state.hello.picture);
  const edges = useRoom((state) => state.edges);
  const words = strip.unit !== "count" ? "" : behind(drawn, edges, strip).join("\n");
  return useMemo(() => (words === "" ? NONE : words.split("\n")), [words]);
}

/** Pixels of one figure beside a strip, and of what is above the first. */
const FIGURE = 16;
const ABOVE = 4;

interface ValuesProps {
  strip: Strip;
  rows: readonly Row[];
  amber: readonly string[];
  short: boolean;
  height: number;
}

function Values({ strip, rows, amber, short, height }: ValuesProps) {
  const hello = useRoom((state) => state.hello);
  const edges = useRoom((state) => state.edges);
  const cursor = useUi((ui) => ui.cursor);
  const row = cursor === null ? rows.at(-1) : rows[rowAt(rows, cursor)];
  // In short: what is the matter, else what counts most.
  const worst = strip.lines.filter((line) => amber.includes(line.label));
  const all = !short ? strip.lines : worst.length > 0 ? worst : strip.lines.filter((line) => line.strong);
  // Half a figure is none: where the strip is low, what counts least is left to the lines themselves.
  const room = Math.floor((height - ABOVE) / FIGURE);
  const tells = strip.alert_at !== null && !short && room > 1;
  const fit = Math.max(1, room - (tells ? 1 : 0));
  const weight = (line: (typeof all)[number]) => (amber.includes(line.label) ? 0 : line.strong ? 1 : 2);
  const shown = new Set(all.toSorted((one, other) => weight(one) - weight(other)).slice(0, fit));
  const lines = short ? all : all.filter((line) => shown.has(line));
  return (
    <dl className="rm-values">
      {tells && strip.alert_at !== null && (
        <div>
          <dt>alert at</dt>
          <dd>{axisFigure(strip.alert_at, strip.unit)}</dd>
        </div>
      )}
      {lines.map((line) => {
        const value = row?.values[line.at];
        const degraded = amber.includes(line.label) && cursor === null;
        const growing = degraded ? growingOf(hello.picture, edges, strip, line.label) : null;
        return [
          <div key={line.at} className={`${line.strong ? "strong" : ""}${degraded ? " amber" : ""}`}>
            <dt>
              {degraded && short ? (
                <>
                  ▲<span className="vh"> {line.label}</span>
                </>
              ) : (
                line.label
              )}
            </dt>
            <dd>{value === null || value === undefined ? <span className="muted">{(row && strip.not_bought) ?? "–"}</span> : figure(value, strip.unit)}</dd>
          </div>,
          growing !== null && growing > 0.5 && !short && lines.length < fit ? (
            <div key={`${line.at} growing`} className="amber">
              <dt>▲ growing</dt>
              <dd>{growing.toFixed(1)}/s</dd>
            </div>
          ) : null,
        ];
      })}
    </dl>
  );
}
