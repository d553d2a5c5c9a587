// The system, drawn once: figures change in place, widths of edges follow traffic, and nothing moves. On a phone it is a table.
import { memo, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Outcome, Scenario } from "../../wasm/practice";
import { count, ms, rate } from "../format";
import { type BoxFigures, boxesAt, type EdgeFigures, edgesAt } from "./figures";
import { arrivals, together } from "../../system/arrivals";
import { layout, type Rect } from "../../system/layout";
import "./picture.css";

interface PictureProps {
  scenario: Scenario;
  outcome: Outcome | null;
  sample: number;
  at: number;
  /** Messages at which a queue's bar is full. */
  queueFull: number;
}

export function Picture({ scenario, outcome, sample, at, queueFull }: PictureProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(872);
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    const measure = () => setWidth(Math.max(620, Math.floor(box.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const placed = useMemo(() => layout(scenario.picture, width), [scenario, width]);
  const comers = useMemo(() => arrivals(scenario.picture), [scenario]);
  const boxes = boxesAt(scenario, outcome, sample, at);
  const edges = edgesAt(scenario, outcome, sample);
  return (
    <>
      <div className="px-picture wide-only" ref={ref}>
        <svg width={placed.width} height={placed.height} role="img" aria-label={spoken(scenario, boxes)}>
          <Arrows />
          {placed.outside !== null && <Outside at={placed.outside} word={placed.outsideWord} width={placed.width} height={placed.height} />}
          {scenario.picture.edges.map((edge, place) => {
            const route = placed.routes[place];
            const comer = comers.get(place);
            const [own, from] = [edges[place], placed.rects[edge.from]];
            if (!route || !own || (!comer && scenario.picture.boxes[edge.from]?.is === "client")) return null;
            const of = comer ? { ...own, rate: together(comer.edges.map((one) => edges[one]?.rate)) } : own;
            const name = edge.carries === "events" ? "events back" : null;
            return (
              <g key={`${edge.from}-${edge.to}-${edge.carries}`} className={of.errors ? "px-edge bad" : "px-edge"}>
                <path d={route.path} strokeWidth={thick(of.rate)} markerEnd={of.errors ? "url(#px-bad)" : "url(#px-arrow)"} />
                {(route.says || of.errors) && (
                  <EdgeWords figures={of} label={route.label} length={route.length} name={name} full={queueFull} />
                )}
                {comer && from && (
                  <text x={from.x} y={from.y + 18} className="px-note">
                    {comer.name}
                    <title>{comer.names}</title>
                  </text>
                )}
              </g>
            );
          })}
          {scenario.picture.boxes.map((box, place) => {
            const rect = placed.rects[place];
            const of = boxes[place];
            if (!rect || !of || box.is === "client") return null;
            const queue = scenario.queues.includes(box.name);
            const readers = readersOf(scenario, place, edges);
            return <Box key={`${box.is}-${box.name}`} is={box.is} name={box.name} rect={rect} figures={of} queue={queue} {...readers} />;
          })}
        </svg>
      </div>
      <PictureTable scenario={scenario} boxes={boxes} edges={edges} />
    </>
  );
}

function Outside({ at, word, width, height }: { at: number; word: number; width: number; height: number }) {
  return (
    <g className="px-outside">
      <rect x={at} y={0} width={width - at} height={height} />
      <line x1={at + 0.5} x2={at + 0.5} y1={0} y2={height} />
      <text x={at + 24} y={word}>
        outside
      </text>
    </g>
  );
}

function Arrows() {
  return (
    <defs>
      {["px-arrow", "px-bad"].map((id) => (
        <marker key={id} id={id} className={id} viewBox="0 0 6 8" refX="5" refY="4" markerWidth="7" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">
          <path d="M0 0l6 4-6 4z" />
        </marker>
      ))}
    </defs>
  );
}

const Text = memo(function Text({ x, y, className, text, end }: { x: number; y: number; className?: string; text: string; end?: boolean }) {
  return (
    <text x={x} y={y} className={className} textAnchor={end ? "end" : "start"}>
      {text}
    </text>
  );
});

interface BoxProps {
  is: "service" | "store" | "topic" | "provider";
  name: string;
  rect: Rect;
  figures: BoxFigures;
  /** Of a log: who reads it, and what they put aside. */
  readers: number;
  dead: number;
  /** What looks like a log may be a queue. */
  queue: boolean;
}

function Box({ is, name, rect, figures, readers, dead, queue }: BoxProps) {
  const { x, y, width, height } = rect;
  const end = x + width - 8;
  const bad = figures.degraded ? " bad" : "";
  return (
    <g className={`px-box ${is}${bad}`}>
      <rect x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} rx={4} />
      {is === "store" && <line x1={x + 1} x2={x + width - 1} y1={y + 4.5} y2={y + 4.5} />}
      <Text x={x + 8} y={y + (is === "store" ? 22 : 21)} className="px-name" text={name} />
      {is === "store" && figures.word && <Text x={end} y={y + 22} end className="px-figure bad" text="down" />}
      {is === "service" && <Replicas x={end} y={y + 9} up={figures.up} of={figures.replicas} />}
      {is === "provider" && figures.word && !figures.rate && <Text x={end} y={y + 21} end className="px-figure bad" text={figures.word} />}
      {(is === "service" || is === "provider") && figures.rate !== null && (
        <>
          <Text x={x + 8} y={y + 43} className="px-figure" text={rate(figures.rate)} />
          <Text
            x={end}
            y={y + 43}
            end
            className={figures.word ? "px-figure bad" : "px-figure quiet"}
            text={figures.word ?? (is === "service" && figures.p99 ? `p99 ${ms(figures.p99)}` : "")}
          />
        </>
      )}
      {is === "topic" && (
        <>
          <Text x={end} y={y + 21} end className="px-figure quiet" text={queue ? "queue" : "log"} />
          <Text x={x + 8} y={y + 43} className="px-figure quiet" text={dead > 0 ? "dead letters" : `${readers} ${readers === 1 ? "reader" : "readers"}`} />
          {dead > 0 && <Text x={end} y={y + 43} end className="px-figure bad" text={count(dead)} />}
        </>
      )}
    </g>
  );
}

function Replicas({ x, y, up, of }: { x: number; y: number; up: number; of: number }) {
  return (
    <g className="px-ticks">
      {Array.from({ length: of }, (_, n) => (
        <rect key={n} className={n < up ? undefined : "gone"} x={x - (of - n) * 5 + 2} y={y} width={2.5} height={12} />
      ))}
    </g>
  );
}

interface EdgeWordsProps {
  figures: EdgeFigures;
  label: { x: number; y: number; anchor: "start" | "middle" | "end" };
  length: number;
  name: string | null;
  full: number;
}

/** A rate, or how many wait: with a bar that fills from the reader's side. */
function EdgeWords({ figures, label, length, name, full }: EdgeWordsProps) {
  if (figures.waiting !== null && length > 60) {
    const wide = Math.min(64, length - 20);
    const part = Math.min(1, figures.waiting / Math.max(1, full)) * wide;
    const x = label.x - wide / 2;
    return (
      <>
        <rect className="px-bar" x={x} y={label.y - 8} width={wide} height={7} />
        <rect className="px-fill" x={x + wide - part} y={label.y - 8} width={part} height={7} />
        <text x={x} y={label.y - 13} className={figures.errors ? "px-figure bad" : "px-note"}>
          {count(figures.waiting)}
        </text>
      </>
    );
  }
  const text = name ?? (figures.rate === null ? "" : rate(figures.rate));
  return text ? (
    <text x={label.x} y={label.y} textAnchor={label.anchor} className={figures.errors ? "px-figure bad" : "px-note"}>
      {text}
    </text>
  ) : null;
}

function readersOf(scenario: Scenario, topic: number, edges: EdgeFigures[]): { readers: number; dead: number } {
  const out = scenario.picture.edges.flatMap((edge, place) => (edge.carries === "group" && edge.from === topic ? [edges[place]?.dead ?? 0] : []));
  return { readers: out.length, dead: out.reduce((sum, one) => sum + one, 0) };
}

/** 1 to 6 pixels, by the logarithm: ten times the traffic is twice as thick. */
function thick(perSecond: number | null): number {
  return perSecond === null ? 1.5 : Math.min(6, 1 + 1.6 * Math.log10(1 + perSecond));
}

function spoken(scenario: Scenario, boxes: BoxFigures[]): string {
  const words = scenario.picture.boxes.map((box, place) => {
    const of = boxes[place];
    return `${box.name}, ${box.is}${of?.rate ? `, ${rate(of.rate)}` : ""}${of?.word ? `, ${of.word}` : ""}`;
  });
  return `The system: ${words.join("; ")}.`;
}

function PictureTable({ scenario, boxes, edges }: { scenario: Scenario; boxes: BoxFigures[]; edges: EdgeFigures[] }) {
  const rows = scenario.picture.boxes.map((box, place) => ({ box, of: boxes[place] })).filter(({ box }) => box.is === "service" || box.is === "provider");
  // As the picture is read: what a client waits for first, then what happens afterwards; what is outside, last.
  const outside = (is: string) => Number(is === "provider");
  rows.sort((a, b) => outside(a.box.is) - outside(b.box.is) || a.box.row - b.box.row || a.box.column - b.box.column);
  const waiting = (service: string) => {
    const into = scenario.picture.edges.findIndex((edge) => edge.carries === "group" && scenario.picture.boxes[edge.to]?.name === service);
    return into < 0 ? null : (edges[into]?.waiting ?? 0);
  };
  return (
    <table className="px-table phone-only">
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Rate</th>
          <th scope="col">p99</th>
          <th scope="col">Waiting</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ box, of }) => {
          const lag = waiting(box.name) ?? (of?.waiting ? of.waiting : null);
          return (
            <tr key={box.name} className={of?.degraded ? "bad" : undefined}>
              <th scope="row">
                <b>{box.name}</b> {box.is === "provider" && <span className="muted">outside</span>}
              </th>
              <td>{of?.rate == null ? "–" : rate(of.rate)}</td>
              <td>{of?.word ?? (of?.p99 ? ms(of.p99) : "–")}</td>
              <td>{lag === null ? "" : count(lag)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
