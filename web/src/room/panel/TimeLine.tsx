// The whole time of the room in three lanes: windows of faults (filled is running or over, outlined is planned), what was done
// and written, and notes.
import { useMemo, useRef } from "react";
import { useView } from "../../interview/desk/desk";
import { capital, clock } from "../../system/format";
import { lanes, wideOf } from "../../system/lanes";
import { useRoom, useTicking, useSession } from "../session/hooks";
import { placeOf, type Span, ticksOf } from "../strips/scale";
import { useWidth } from "../useWidth";
import { useFaults } from "./Faults";

const NOTES = new Set(["note", "signal", "asked", "hint", "red_flag"]);
const TONE: Partial<Record<string, string>> = { decision: "mine", move: "mine", ticket: "ticket", reply: "reply", alert: "alert" };

export function TimeLine() {
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body, 1200);
  const hello = useRoom((state) => state.hello);
  const marks = useRoom((state) => state.marks);
  const voids = useRoom((state) => state.voids);
  const { rows } = useView();
  const span = useWhole();
  const ticks = useMemo(() => [...ticksOf(span, hello.opens, Math.max(3, Math.floor(width / 110)))], [span, hello.opens, width]);
  const x = (v: number) => `${Math.min(100, Math.max(0, placeOf(v, span) * 100))}%`;
  const notes = rows.filter((row) => !row.withdrawn && row.moment && row.moment.take === hello.take.id && NOTES.has(row.body.kind));
  return (
    <section className="rm-timeline rm-secret" aria-label="Time line">
      <div className="rm-lanes" aria-hidden="true">
        <span>Faults</span>
        <span>Moves, tickets</span>
        <span>Notes</span>
      </div>
      <div className="rm-time" ref={body} aria-hidden="true">
        {ticks.map((v) => (
          <span key={v} className="rm-time-tick" style={{ left: x(v) }}>
            {clock((v - hello.opens) / 1e6)}
          </span>
        ))}
        {voids.map((span) => (
          <i
            key={`${span.from} ${span.to}`}
            className="rm-void"
            style={{ left: x(span.from), width: `calc(${x(span.to)} - ${x(span.from)})` }}
            title={`Does not count: ${span.reason}`}
          />
        ))}
        <Windows x={x} width={width} span={span} />
        {marks.map((mark, n) => {
          const tone = TONE[mark.kind];
          return tone ? <i key={n} className={`rm-time-mark ${tone}`} style={{ left: x(mark.v) }} title={mark.text} /> : null;
        })}
        {notes.map((row) => (
          <i key={row.id} className="rm-time-mark note" style={{ left: x(row.moment?.v ?? 0) }} />
        ))}
        <Now x={x} />
      </div>
    </section>
  );
}

const QUARTER = 15 * 60e9;

/** From the opening to the quarter of an hour in which everything that is planned or has happened is over. */
function useWhole(): Span {
  const { opens, ends } = useRoom((state) => state.hello);
  const faults = useFaults();
  const session = useSession();
  const last = Math.max(...faults.flatMap(({ window, now }) => [window?.to ?? opens, now.until ?? opens]), opens + 2 * QUARTER);
  const to = useTicking(() => Math.min(ends, opens + Math.ceil((Math.max(last, session.v()) - opens + 60e9) / QUARTER) * QUARTER));
  return useMemo(() => ({ from: opens, to }), [opens, to]);
}

/** Windows with their names, each at the first free place. */
function Windows({ x, width, span }: { x: (v: number) => string; width: number; span: Span }) {
  const faults = useFaults();
  const shown = faults.flatMap(({ def, now, window }) => {
    const from = now.since ?? window?.from;
    const to = now.since !== null ? (now.until ?? now.since + Math.max(30e9, def.lasts_ms * 1e6)) : window?.to;
    return from === undefined || to === undefined ? [] : [{ def, now, from, to }];
  });
  shown.sort((a, b) => a.from - b.from);
  const share = (v: number) => placeOf(v, span) * width;
  // What runs is named behind its end; what is planned, below its window.
  const planned = shown.filter(({ now }) => now.since === null);
  const placed = lanes(
    planned.map(({ def, from }) => ({ at: share(from), name: def.title })),
    width,
  );
  // A name that ran stands behind its end, where for as long as it is there is neither a window nor another name.
  const bars = shown.map(({ from, to }) => [share(from), share(Math.min(to, span.to))] as const);
  const names: (readonly [number, number])[] = [];
  const named = new Set(
    shown.filter(({ def, now, to }) => {
      if (now.since === null) return false;
      const left = share(Math.min(to, span.to));
      const place = [left, left + wideOf(def.title)] as const;
      const free = place[1] <= width && [...bars, ...names].every(([begins, ends]) => begins >= place[1] || ends <= left);
      if (free) names.push(place);
      return free;
    }),
  );
  return shown.map((one) => {
    const { def, now, from, to } = one;
    const label = placed[planned.findIndex((one) => one.def === def)];
    return (
      <span key={def.name} title={def.title}>
        <i className={`rm-window ${now.state}`} style={{ left: x(from), width: Math.max(3, share(Math.min(to, span.to)) - share(from)) }} />
        {named.has(one) && (
          <span className="rm-window-name ran" style={{ left: share(Math.min(to, span.to)) }}>
            {capital(def.title)}
          </span>
        )}
        {label && label.lane === 0 && (
          <span className="rm-window-name" style={{ left: label.left }}>
            {capital(def.title)}
          </span>
        )}
      </span>
    );
  });
}

function Now({ x }: { x: (v: number) => string }) {
  const session = useSession();
  const v = useTicking(() => Math.floor(session.v() / 1e9) * 1e9);
  return <i className="rm-time-now" style={{ left: x(v) }} />;
}
