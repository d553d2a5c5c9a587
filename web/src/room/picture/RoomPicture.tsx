// The system, drawn once: figures change in place, widths of edges follow traffic, and nothing moves. A box takes the focus by
// a click or by keys: the arrows go from box to box, Enter focuses on one, Esc lets go.
import { type KeyboardEvent, useCallback, useId, useMemo, useRef, useState } from "react";
import { arrivals, together } from "../../system/arrivals";
import { layout } from "../../system/layout";
import { useRoom } from "../session/hooks";
import { useUi, useUiStore } from "../ui";
import type { EdgeNow } from "../wire";
import { BoxView } from "./BoxView";
import { FlowView } from "./FlowView";
import { NARROW, NARROW_HEIGHT, WIDE, WIDE_FROM, WIDE_HEIGHT, WIDEST } from "./sizes";
import { boxName, boxWords, type Direction, neighbour } from "./words";
import "./picture.css";

interface Props {
  /** Room for the drawing, in pixels. */
  width: number;
  /** What is written beside a box that is struck; for those who know of it. */
  struck?: ReadonlyMap<number, string>;
  /** The smaller drawing, whatever room there is. */
  small?: boolean;
}

export function RoomPicture({ width, struck, small = false }: Props) {
  const drawn = useRoom((state) => state.hello.picture);
  const boxes = useRoom((state) => state.boxes);
  const edges = useRoom((state) => state.edges);
  const focus = useUi((ui) => ui.focus);
  const ui = useUiStore();
  const id = useId();
  const svg = useRef<SVGSVGElement>(null);
  const wide = width >= WIDE_FROM && !small;
  const placed = useMemo(
    () =>
      wide ? layout(drawn, Math.min(width, WIDEST), WIDE, WIDE_HEIGHT) : layout(drawn, Math.min(WIDEST, Math.max(620, width)), NARROW, NARROW_HEIGHT),
    [drawn, width, wide],
  );
  const spots = useMemo(
    () => drawn.boxes.flatMap((box, place) => (placed.rects[place] ? [{ box, rect: placed.rects[place] }] : [])),
    [drawn, placed],
  );
  const comers = useMemo(() => arrivals(drawn), [drawn]);
  const first = drawn.boxes.findIndex((box) => box.is !== "client");
  const [tabbed, setTabbed] = useState<number | null>(null);
  const tabbable = tabbed ?? focus ?? first;

  const onFocusBox = useCallback((place: number) => ui.set({ focus: ui.store.get().focus === place ? null : place }), [ui]);
  const onKey = useCallback(
    (event: KeyboardEvent, place: number) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Enter" || event.key === " ") onFocusBox(place);
      else if (event.key.startsWith("Arrow")) {
        const next = neighbour(placed.rects, place, event.key as Direction, (one) => drawn.boxes[one]?.is !== "client");
        if (next !== null) {
          setTabbed(next);
          svg.current?.querySelector<SVGGElement>(`[data-box="${next}"]`)?.focus();
        }
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    [drawn, placed, onFocusBox],
  );

  return (
    <div className="rm-picture">
      <svg
        ref={svg}
        width={placed.width}
        height={placed.height}
        role="group"
        aria-label="The system. Arrow keys go from part to part, Enter focuses on one."
        aria-describedby={`${id}-words`}
      >
        <Heads />
        {placed.outside !== null && (
          <g className="rm-outside">
            <rect x={placed.outside} y={0} width={placed.width - placed.outside} height={placed.height} />
            <line x1={placed.outside + 0.5} x2={placed.outside + 0.5} y1={0} y2={placed.height} />
            <text x={placed.outside + 22} y={placed.outsideWord} className="rm-note">
              outside
            </text>
          </g>
        )}
        {drawn.edges.map((edge, place) => {
          const [route, from, to] = [placed.routes[place], spots[edge.from], spots[edge.to]];
          const comer = comers.get(place);
          if (!route || !from || !to || (!comer && from.box.is === "client")) return null;
          const now = comer ? allOf(comer.edges.map((one) => edges[one])) : edges[place];
          return <FlowView key={place} {...{ edge, route, from, to, comer, now }} outside={placed.outside} />;
        })}
        {drawn.boxes.map((box, place) => {
          const rect = placed.rects[place];
          if (!rect || box.is === "client") return null;
          return (
            <BoxView
              key={place}
              {...{ box, rect, wide, place, onFocusBox, onKey }}
              now={boxes[place]}
              label={boxName(drawn, place)}
              describedBy={`${id}-${place}`}
              focused={focus === place}
              tabbable={tabbable === place}
            />
          );
        })}
        {struck && saidOnce(struck, placed.rects).map(({ place, words }) => <Struck key={place} rect={placed.rects[place]} words={words} />)}
      </svg>
      <ul className="vh" id={`${id}-words`}>
        {drawn.boxes.map((_, place) => (
          <li key={place} id={`${id}-${place}`}>
            {boxWords(drawn, boxes, edges, place)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** People who come the same way are drawn in one place: what strikes them is said there once, with both times. */
function saidOnce(struck: ReadonlyMap<number, string>, rects: readonly { x: number; y: number }[]): { place: number; words: string }[] {
  const said = new Map<string, { place: number; words: string }>();
  for (const [place, words] of struck) {
    const rect = rects[place];
    const where = `${rect?.x} ${rect?.y}`;
    const there = said.get(where);
    if (!there) said.set(where, { place, words });
    else if (!there.words.endsWith(words.split(" ").at(-1) ?? "")) there.words += `, ${words.split(" ").at(-1)}`;
  }
  return [...said.values()];
}

function Struck({ rect, words }: { rect: { x: number; y: number; width: number; height: number } | undefined; words: string }) {
  if (!rect) return null;
  // Those who come stand at the very edge, with their figures beside them: their words go below.
  const thin = rect.width < 40;
  const left = rect.x > 170;
  return (
    <>
      <rect className="rm-struck" x={rect.x - 3.5} y={rect.y - 3.5} width={rect.width + 7} height={rect.height + 7} rx={7} />
      <text
        className="rm-struck-words"
        x={thin ? rect.x : left ? rect.x - 12 : rect.x + rect.width + 12}
        y={thin ? rect.y + rect.height + 20 : rect.y + rect.height / 2 + 4}
        textAnchor={left && !thin ? "end" : "start"}
      >
        {words}
      </text>
    </>
  );
}

function Heads() {
  return (
    <defs>
      {["rm-arrow", "rm-bad"].map((one) => (
        <marker
          key={one}
          id={one}
          className={one}
          viewBox="0 0 6 8"
          refX="5"
          refY="4"
          markerWidth="7"
          markerHeight="8"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path d="M0 0l6 4-6 4z" />
        </marker>
      ))}
    </defs>
  );
}

/** Those who come one way; of one alone, what is known of that one. */
function allOf(comers: readonly (EdgeNow | undefined)[]): EdgeNow | undefined {
  const known = comers.filter((one) => one !== undefined);
  const [first] = known;
  if (!first || known.length === 1) return first;
  return {
    ...first,
    rate: together(known.map(({ rate }) => rate)),
    failed: known.reduce((sum, { failed }) => sum + failed, 0),
    degraded: known.some(({ degraded }) => degraded),
  };
}
