// All strips on one axis, with one cursor. Whoever cannot drag moves the same moment with the slider below, or with keys.
import { Fragment, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Outcome, Scenario } from "../../wasm/practice";
import type { Axis } from "../axis";
import { faultWords } from "../faultWords";
import { clock } from "../format";
import { lanes } from "../../system/lanes";
import { type Line, type Strip, strips } from "./lines";
import "./strips.css";

interface StripsProps {
  scenario: Scenario;
  outcome: Outcome;
  /** The run that is compared with, and its number. */
  before: { outcome: Outcome; id: number } | null;
  axis: Axis;
  at: number;
  sample: number;
  seek: (at: number) => void;
}

const HEIGHT = 54;
const HEIGHT_MAX = 96;
const STRIPS = 5;
/** Lines above and below the strips. */
const AROUND = 104;
/** The height of a name above the strips. */
const LANE = 18;

export function Strips({ scenario, outcome, before, axis, at, sample, seek }: StripsProps) {
  const plot = useRef<HTMLDivElement>(null);
  const whole = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(120);
  const [height, setHeight] = useState(HEIGHT);
  useLayoutEffect(() => {
    const box = plot.current;
    if (!box) return;
    const measure = () => {
      setWidth(Math.max(120, Math.floor(box.clientWidth)));
      // What the window has left is shared; where the page scrolls, nothing is.
      const fixed = matchMedia("(min-width: 1100px)").matches;
      const left = fixed ? (whole.current?.clientHeight ?? 0) - AROUND : 0;
      setHeight(Math.max(HEIGHT, Math.min(HEIGHT_MAX, Math.floor(left / STRIPS) - 9)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    if (whole.current) observer.observe(whole.current);
    return () => observer.disconnect();
  }, []);
  const all = useMemo(() => strips(scenario, outcome, before), [scenario, outcome, before]);
  const drag = (event: PointerEvent<HTMLElement>) => {
    const { left, width: wide } = plot.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    const inside = event.clientX >= left - 8 && event.clientX <= left + wide + 8;
    if (event.type === "pointerdown" && inside) event.currentTarget.setPointerCapture(event.pointerId);
    const held = event.currentTarget.hasPointerCapture(event.pointerId);
    if (held) seek(axis.time((event.clientX - left) / wide));
  };
  const cursor = axis.place(at) * width;
  return (
    <section className="px-strips" ref={whole} aria-label="Figures over time" onPointerDown={drag} onPointerMove={drag}>
      <div className="px-strip marks">
        <span className="muted">Faults</span>
        <div className="px-plot" ref={plot}>
          <FaultMarks scenario={scenario} axis={axis} width={width} />
        </div>
        <span className="px-now">{at >= axis.closes ? "after closing" : "at"} {clock(at - axis.from)}</span>
      </div>
      {all.map((strip) => (
        <StripRow key={strip.title} {...{ strip, scenario, outcome, axis, width, height, sample, cursor }} />
      ))}
      <div className="px-strip axis">
        <span className="muted">virtual time</span>
        <div className="px-plot">
          <input
            className="px-scrub"
            type="range"
            aria-label="Moment of the run"
            aria-valuetext={clock(at - axis.from)}
            // In shares of the axis, which is not even: the thumb stands below the cursor.
            min={0}
            max={1}
            step="any"
            value={axis.place(at)}
            onChange={(event) => seek(axis.time(Number(event.target.value)))}
            onKeyDown={(event) => {
              const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -6, PageUp: 6 }[event.key];
              if (by === undefined) return;
              event.preventDefault();
              seek(at + by * 10_000);
            }}
          />
          {axis.ticks.map((tick) => (
            <span key={tick.at} className="px-tick" style={{ left: `${axis.place(tick.at) * 100}%` }}>
              {tick.label}
            </span>
          ))}
          {axis.ends > axis.closes && (
            <span className="px-tick" style={{ left: `${axis.place(axis.closes) * 100}%` }}>
              closed
            </span>
          )}
        </div>
        <span />
      </div>
    </section>
  );
}

function FaultMarks({ scenario, axis, width }: { scenario: Scenario; axis: Axis; width: number }) {
  const faults = [...scenario.faults].sort((a, b) => a.at - b.at);
  const labels = lanes(
    faults.map((fault) => ({ at: axis.place(fault.at) * width, name: fault.name })),
    width,
  );
  const rows = Math.max(1, ...labels.map(({ lane }) => lane + 1));
  return (
    <div className="px-faults" style={{ height: rows * LANE }}>
      {faults.map((fault, n) => {
        const { left, wide, lane } = labels[n] ?? { left: 0, wide: 0, lane: 0 };
        const from = axis.place(fault.at) * width;
        const lasts = fault.lasts > 0 ? Math.max(3, axis.place(fault.at + fault.lasts) * width - from) : 3;
        const says = faultWords(scenario, fault);
        return (
          <Fragment key={fault.name}>
            <span className="px-fault" style={{ left: from, width: lasts, top: lane * LANE }} title={says} />
            <span className="px-fault-name" style={{ left: left + 2, maxWidth: wide, top: lane * LANE }} title={says}>
              {fault.name}
            </span>
          </Fragment>
        );
      })}
    </div>
  );
}

/** Nothing is coloured that has not happened. */
function toneOf(line: Line, sample: number): string {
  const quiet = (line.tone === "red" || line.tone === "amber") && (line.values[sample] ?? 0) === 0;
  return `${line.strong ? "strong " : ""}${quiet ? "quiet" : line.tone}`;
}

interface RowProps {
  strip: Strip;
  scenario: Scenario;
  outcome: Outcome;
  axis: Axis;
  width: number;
  height: number;
  sample: number;
  cursor: number;
}

function StripRow({ strip, scenario, outcome, axis, width, height, sample, cursor }: RowProps) {
  const drawn = useMemo(() => {
    const from = outcome.series.at.findIndex((end) => end > axis.from);
    const x = outcome.series.at.map((end) => axis.place(end) * width);
    const y = (value: number) => {
      const at = strip.log
        ? (Math.log(Math.max(strip.low, value)) - Math.log(strip.low)) / (Math.log(strip.high) - Math.log(strip.low))
        : (value - strip.low) / (strip.high - strip.low);
      return 2 + (height - 4) * (1 - Math.min(1, Math.max(0, at)));
    };
    const path = (line: Line) => {
      const points = line.values.flatMap((value, n) => {
        const skip = n < from || (strip.log && value <= 0) || (strip.untilClosed && (outcome.series.at[n] ?? 0) > axis.closes);
        return skip ? [] : [`${(x[n] ?? 0).toFixed(1)} ${y(value).toFixed(1)}`];
      });
      return points.length > 1 ? `M${points.join("L")}` : "";
    };
    return { mark: y(strip.mark.value), lines: strip.lines.map(path) };
  }, [strip, outcome, axis, width, height]);
  return (
    <div className={strip.truth ? "px-strip truth" : "px-strip"}>
      <div className="px-label">
        <b>{strip.title}</b>
        {strip.truth && <span className="px-true">true</span>}
        <span className="muted">{strip.unit}</span>
        <span className="px-mark muted" style={{ top: drawn.mark - 8 }} aria-hidden="true">
          {strip.mark.label}
        </span>
      </div>
      <div className="px-plot">
        <svg width={width} height={height} aria-hidden="true">
          {scenario.faults.map((fault) => {
            const left = axis.place(fault.at) * width;
            const wide = Math.max(1, axis.place(fault.at + fault.lasts) * width - left);
            return <rect key={fault.name} className="px-band" x={left} width={wide} height={height} />;
          })}
          {axis.ticks.slice(1).map((tick) => (
            <line key={tick.at} className="px-grid" x1={axis.place(tick.at) * width} x2={axis.place(tick.at) * width} y2={height} />
          ))}
          <line className="px-grid" x2={width} y1={drawn.mark} y2={drawn.mark} strokeDasharray="1 4" />
          {axis.ends > axis.closes && <line className="px-close" x1={axis.place(axis.closes) * width} x2={axis.place(axis.closes) * width} y2={height} />}
          {strip.lines.map((line, n) =>
            drawn.lines[n] ? (
              <g key={line.name} className={`px-line ${line.tone}${line.strong ? " strong" : ""}${line.ghost ? " ghost" : ""}`}>
                {line.area && <path className="area" d={`${drawn.lines[n]}V${height - 2}H0Z`} />}
                <path d={drawn.lines[n]} />
              </g>
            ) : null,
          )}
          <line className="px-cursor" x1={cursor} x2={cursor} y2={height} />
        </svg>
      </div>
      <dl className="px-values">
        {strip.lines.map((line) => (
          <div key={line.name} className={toneOf(line, sample)}>
            <dt>{line.name}</dt>
            <dd>{line.said(sample)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
