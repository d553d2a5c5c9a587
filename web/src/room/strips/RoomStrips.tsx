// All strips on one axis, with one cursor. Dragging over them shows that part of the time; a double click, or Esc, all of it.
// Whoever does not point moves the cursor with the arrow keys.
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { clock } from "../../system/format";
import { useRoom, useSession, useTicking } from "../session/hooks";
import { useUi, useUiStore } from "../ui";
import { groupMarks } from "./figures";
import { placeOf, type Span, ticksOf, wholeSpan } from "./scale";
import type { Strip } from "../wire";
import { StripRow } from "./StripRow";
import "./strips.css";

interface Props {
  /** Labels and values in fewer words. */
  short?: boolean;
  /** Rows share the height that there is; otherwise each has this many pixels. */
  fixedHeight?: number;
  /** What the row of marks is called. */
  marksTitle?: string;
  /** No more than so many strips. */
  most?: number;
}

const MARKS = 20;
const AXIS = 20;
const ROW_MIN = { long: 28, short: 24 };
/** Below this the two words of a strip stand beside each other. */
const ROW_LOW = { long: 35, short: 30 };
const SAMPLE = 10e9;

export function RoomStrips({ short = false, fixedHeight, marksTitle = "Decisions, moves", most = 8 }: Props) {
  const whole = useRef<HTMLElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 300, height: 300 });
  useLayoutEffect(() => {
    const [outer, inner] = [whole.current, plot.current];
    if (!outer || !inner) return;
    const measure = () => setSize({ width: Math.max(80, Math.floor(inner.clientWidth)), height: outer.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(outer);
    observer.observe(inner);
    return () => observer.disconnect();
  }, []);
  const all = useRoom((state) => state.strips);
  const rows = useRoom((state) => state.rows);
  const opens = useRoom((state) => state.hello.opens);
  const focus = useUi((ui) => ui.focus);
  const zoom = useUi((ui) => ui.zoom);
  const strips = useMemo(() => {
    const own = focus === null ? [] : all.filter((one) => one.box === focus);
    return fewest(own.length > 0 ? own : all.filter((one) => one.box === null), most);
  }, [all, focus, most]);
  const end = useSpanEnd();
  const span: Span = useMemo(() => zoom ?? { from: opens, to: end }, [zoom, opens, end]);
  const ticks = useMemo(() => ticksOf(span, opens, Math.min(7, Math.max(2, Math.floor(size.width / 54)))), [span, opens, size.width]);
  const height = fixedHeight ?? Math.max(short ? ROW_MIN.short : ROW_MIN.long, Math.floor((size.height - MARKS - AXIS) / Math.max(1, strips.length)));
  const low = height < ROW_LOW[short ? "short" : "long"];
  const { width } = size;
  return (
    <section className={`rm-strips${short ? " short" : ""}${low ? " low" : ""}`} ref={whole} aria-label="Figures over time">
      <div className="rm-strip marks">
        <span className="muted rm-strip-head">{marksTitle}</span>
        <div className="rm-plot" ref={plot}>
          <Marks span={span} width={width} />
        </div>
        <Moment />
      </div>
      {strips.map((strip) => (
        <StripRow key={strip.id} {...{ strip, rows, span, ticks, width, height, short, low }} of={short ? ofWhom(strip, strips) : null} />
      ))}
      <div className="rm-strip axis">
        <span className="muted rm-strip-head">{short ? "virtual" : "virtual time"}</span>
        <div className="rm-plot">
          {ticks.map((v) => (
            <span key={v} className="rm-tick" style={{ left: `${placeOf(v, span) * 100}%` }}>
              {clock((v - opens) / 1e6)}
            </span>
          ))}
        </div>
        <Whole />
      </div>
      <Over span={span} width={width} />
    </section>
  );
}

/** Where not all have room: what comes in, what fails and what waits say most. */
function fewest(strips: Strip[], most: number): Strip[] {
  const rank = { per_second: 0, percent: 0, count: 0, seconds: 1, ms: 2 };
  const kept = new Set([...strips].sort((a, b) => rank[a.unit] - rank[b.unit]).slice(0, most));
  return strips.filter((one) => kept.has(one));
}

/** Where several have one title: of which part or of whom this one is. */
function ofWhom(strip: Strip, strips: Strip[]): string | null {
  const alone = strips.filter((one) => one.title === strip.title).length === 1;
  return alone ? null : (strip.says.split(", ")[0] ?? null);
}

/** Changes in steps, so that what hangs on it is drawn again every few minutes only. */
function useSpanEnd(): number {
  const session = useSession();
  return useTicking(() => wholeSpan(session.state()?.hello.opens ?? 0, session.v()).to);
}

function useMarks() {
  const marks = useRoom((state) => state.marks);
  return useMemo(
    () => marks.filter((one) => one.kind === "decision" || one.kind === "move" || (one.panel && (one.kind === "fault" || one.kind === "lift"))),
    [marks],
  );
}

function Marks({ span, width }: { span: Span; width: number }) {
  const marks = useMarks();
  const groups = useMemo(() => groupMarks(marks, (v) => placeOf(v, span), width), [marks, span, width]);
  return groups.map((group) => (
    <span
      key={`${group.v} ${group.label}`}
      className={group.panel ? "rm-mark-label panel" : "rm-mark-label"}
      title={group.title}
      // A label that would leave the plot ends at its line instead.
      style={group.place > width * 0.8 ? { right: Math.max(0, width - group.place) } : { left: group.place }}
    >
      {group.label}
    </span>
  ));
}

/** The time of the values: now, or under the cursor. */
function Moment() {
  const cursor = useUi((ui) => ui.cursor);
  const opens = useRoom((state) => state.hello.opens);
  return (
    <span className={cursor === null ? "rm-moment muted" : "rm-moment at"}>{cursor === null ? "now" : `at ${clock((cursor - opens) / 1e6)}`}</span>
  );
}

function Whole() {
  const zoom = useUi((ui) => ui.zoom);
  const ui = useUiStore();
  if (!zoom) return <span />;
  return (
    <button type="button" className="link rm-moment" onClick={() => ui.set({ zoom: null })}>
      All of it
    </button>
  );
}

/** What lies over all plots: lines of marks, the cursor, and the part being dragged over. */
function Over({ span, width }: { span: Span; width: number }) {
  const ui = useUiStore();
  const session = useSession();
  const opens = useRoom((state) => state.hello.opens);
  const marks = useMarks();
  const cursor = useUi((one) => one.cursor);
  const box = useRef<HTMLDivElement>(null);
  const start = useRef<number | null>(null);
  const [brush, setBrush] = useState<[number, number] | null>(null);
  const now = () => session.v();
  const shareAt = (event: PointerEvent) => {
    const { left, width: wide } = box.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    return Math.min(1, Math.max(0, (event.clientX - left) / wide));
  };
  const vAt = (share: number) => span.from + share * (span.to - span.from);
  const point = (event: PointerEvent) => {
    const share = shareAt(event);
    if (start.current !== null) setBrush([Math.min(start.current, share), Math.max(start.current, share)]);
    ui.set({ cursor: Math.min(vAt(share), now()) });
  };
  const press = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0 || event.pointerType === "touch") return point(event);
    start.current = shareAt(event);
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const release = () => {
    // Less than a few pixels was a click.
    if (brush && (brush[1] - brush[0]) * width > 6)
      ui.set({ zoom: { from: vAt(brush[0]), to: Math.max(vAt(brush[1]), vAt(brush[0]) + 3 * SAMPLE) }, cursor: null });
    start.current = null;
    setBrush(null);
  };
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageDown: -6, PageUp: 6 }[event.key];
    const from = cursor ?? now();
    if (by !== undefined) {
      const next = Math.max(span.from, from + by * SAMPLE);
      ui.set({ cursor: next >= now() ? null : next });
    } else if (event.key === "Home") ui.set({ cursor: span.from });
    else if (event.key === "End") ui.set({ cursor: null });
    else if (event.key === "Escape" && (cursor !== null || ui.store.get().zoom !== null)) ui.set({ cursor: null, zoom: null });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const at = cursor === null ? null : placeOf(cursor, span);
  return (
    <div
      ref={box}
      className="rm-over"
      role="slider"
      tabIndex={0}
      aria-label="Moment of the values"
      aria-valuemin={0}
      aria-valuemax={Math.round((span.to - opens) / 1e9)}
      aria-valuenow={Math.round(((cursor ?? span.to) - opens) / 1e9)}
      aria-valuetext={cursor === null ? "now" : clock((cursor - opens) / 1e6)}
      onPointerMove={point}
      onPointerDown={press}
      onPointerUp={release}
      onPointerCancel={release}
      onPointerLeave={() => start.current === null && ui.set({ cursor: null })}
      onDoubleClick={() => ui.set({ zoom: null })}
      onKeyDown={step}
    >
      {marks.map((mark, n) => {
        const place = placeOf(mark.v, span);
        return place < 0 || place > 1 ? null : <i key={n} className={mark.panel ? "panel" : undefined} style={{ left: `${place * 100}%` }} />;
      })}
      {at !== null && at >= 0 && at <= 1 && <i className="cursor" style={{ left: `${at * 100}%` }} />}
      {brush && <b style={{ left: `${brush[0] * 100}%`, width: `${(brush[1] - brush[0]) * 100}%` }} />}
    </div>
  );
}
