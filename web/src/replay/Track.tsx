// The time line of a replay: a slider over the whole of it, the marks to press, the controls, and the words for where one is.
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import { paired } from "../room/panel/faults";
import { useTicking } from "../room/session/hooks";
import { placeOf, ticksOf } from "../room/strips/scale";
import { useWidth } from "../room/useWidth";
import { clock } from "../system/format";
import { FILM_SPEEDS } from "./film";
import type { ReplaySession } from "./session";
import type { Point } from "./track";
import { useFilm } from "./useReplay";

interface Props {
  session: ReplaySession;
  points: readonly Point[];
  /** The moment that a link or a piece of evidence is about. */
  moment: number | null;
  /** Without marks to press and without speed, for a small frame. */
  compact?: boolean;
}

export const STEP_NS = 10e9;
export const STRIDE_NS = 60e9;

export function Track({ session, points, moment, compact = false }: Props) {
  const { film } = session;
  const { playing, speed, waits } = useFilm(session);
  const opens = film.from;
  const at = (v: number) => clock((v - opens) / 1e6);
  return (
    <section className={compact ? "rp-track compact" : "rp-track"} aria-label="Time line">
      <div className="rp-controls">
        <button type="button" className="btn rp-play" onClick={film.toggle} aria-pressed={playing}>
          <svg viewBox="0 0 12 12" aria-hidden="true">
            {playing ? <path d="M2.5 1.5h2.5v9H2.5zM7 1.5h2.5v9H7z" fill="currentColor" /> : <path d="M2.5 1l8 5-8 5z" fill="currentColor" />}
          </svg>
          {playing ? "Stop" : "Play"}
        </button>
        <Now session={session} />
        <select className="rm-speed" aria-label="Speed" value={speed} onChange={(event) => film.setSpeed(Number(event.target.value))}>
          {FILM_SPEEDS.map((one) => (
            <option key={one} value={one}>
              {one}×
            </option>
          ))}
        </select>
        <span className="muted small rp-waits" role="status">
          {waits && !playing ? "reading …" : ""}
        </span>
        {moment !== null && (
          <button type="button" className="link small" onClick={() => film.seek(moment)}>
            to the moment, {at(moment)}
          </button>
        )}
      </div>
      <Line session={session} points={points} moment={moment} compact={compact} />
    </section>
  );
}

function Now({ session }: { session: ReplaySession }) {
  const { film } = session;
  const seconds = useTicking(() => Math.floor((film.v() - film.from) / 1e9 + 1e-6));
  return (
    <span className="rp-now">
      <b role="timer" aria-label="Virtual time">
        {clock(seconds * 1000)}
      </b>
      <span className="muted"> of {clock((film.to - film.from) / 1e6)}</span>
    </span>
  );
}

function Line({ session, points, moment, compact }: Props) {
  const { film } = session;
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body, 1200);
  const drags = useRef(false);
  const opens = film.from;
  const span = useMemo(() => ({ from: film.from, to: Math.max(film.to, film.from + 1) }), [film.from, film.to]);
  const at = (v: number) => clock((v - opens) / 1e6);
  const x = (v: number) => `${Math.min(100, Math.max(0, placeOf(v, span) * 100))}%`;
  const ticks = useMemo(() => ticksOf(span, opens, Math.max(2, Math.floor(width / 90))), [span, opens, width]);
  const state = session.state();
  const faults = useMemo(() => paired(state?.hello.faults ?? [], session.whole.faults ?? [], () => null), [session]);
  const over = (since: number, until: number | null, lasts_ms: number) =>
    Math.min(film.to, until ?? session.whole.marks?.find((mark) => mark.kind === "lift" && mark.v > since)?.v ?? since + lasts_ms * 1e6);
  const seekTo = (event: PointerEvent) => {
    const { left, width: wide } = body.current?.getBoundingClientRect() ?? { left: 0, width: 1 };
    film.seek(span.from + Math.min(1, Math.max(0, (event.clientX - left) / wide)) * (span.to - span.from));
  };
  const press = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    drags.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
    seekTo(event);
  };
  // Where the keys of the page do not reach, such as in a frame inside another page, the slider has them itself.
  const key = (event: KeyboardEvent) => {
    const by = { ArrowRight: STEP_NS, ArrowUp: STEP_NS, ArrowLeft: -STEP_NS, ArrowDown: -STEP_NS, PageUp: STRIDE_NS, PageDown: -STRIDE_NS }[
      event.key
    ];
    const stride = event.shiftKey && (event.key === "ArrowRight" || event.key === "ArrowLeft") ? STRIDE_NS / STEP_NS : 1;
    if (by !== undefined) film.step(by * stride);
    else if (event.key === "Home") film.seek(film.from);
    else if (event.key === "End") film.seek(film.to);
    else if (event.key === " ") film.toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="rp-line">
      <div className="rp-time" ref={body}>
        {ticks.map((v) => (
          <span key={v} className="rp-tick" style={{ left: x(v) }} aria-hidden="true">
            {at(v)}
          </span>
        ))}
        {faults.map(({ def, now }) =>
          now.since === null ? null : (
            <i
              key={def.name}
              className="rp-window"
              style={{ left: x(now.since), width: `calc(${x(over(now.since, now.until, def.lasts_ms))} - ${x(now.since)})` }}
              title={def.title}
              aria-hidden="true"
            />
          ),
        )}
        <Slider
          session={session}
          x={x}
          words={at}
          onKey={key}
          onPress={press}
          onMove={(event) => drags.current && seekTo(event)}
          onRelease={() => (drags.current = false)}
        />
        {points.map((point, place) =>
          compact ? (
            <i key={place} className={`rp-point ${point.kind}`} style={{ left: x(point.v) }} title={point.text} aria-hidden="true" />
          ) : (
            // The record beside it lists the same in words and in reach of the keyboard; here they are for the pointer.
            <button
              key={place}
              type="button"
              tabIndex={-1}
              aria-hidden="true"
              className={`rp-point ${point.kind}`}
              style={{ left: x(point.v) }}
              title={`${at(point.v)} ${point.text}`}
              onClick={() => film.seek(point.v)}
            />
          ),
        )}
        {moment !== null && <i className="rp-moment" style={{ left: x(moment) }} title={`The moment, ${at(moment)}`} aria-hidden="true" />}
      </div>
    </div>
  );
}

interface SliderProps {
  session: ReplaySession;
  x: (v: number) => string;
  words: (v: number) => string;
  onKey: (event: KeyboardEvent) => void;
  onPress: (event: PointerEvent<HTMLElement>) => void;
  onMove: (event: PointerEvent) => void;
  onRelease: () => void;
}

function Slider({ session, x, words, onKey, onPress, onMove, onRelease }: SliderProps) {
  const { film } = session;
  const v = useTicking(() => Math.floor(film.v() / 1e8) * 1e8);
  return (
    <div
      className="rp-slider"
      role="slider"
      tabIndex={0}
      aria-label="Moment of the room"
      aria-valuemin={0}
      aria-valuemax={Math.floor((film.to - film.from) / 1e9)}
      aria-valuenow={Math.floor((v - film.from) / 1e9)}
      aria-valuetext={words(v)}
      onKeyDown={onKey}
      onPointerDown={onPress}
      onPointerMove={onMove}
      onPointerUp={onRelease}
      onPointerCancel={onRelease}
    >
      <i className="rp-past" style={{ width: x(v) }} />
      <i className="rp-head" style={{ left: x(v) }} />
    </div>
  );
}
