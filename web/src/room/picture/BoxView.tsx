// One box of the picture: its name, its replicas as ticks, one rate and one latency, or the word for what is the matter.
import { type KeyboardEvent, memo } from "react";
import { rate } from "../../system/format";
import type { Rect } from "../../system/layout";
import type { DrawnBox } from "../../wasm/practice";
import type { BoxNow } from "../wire";
import { fitted, QUEUE_FULL, widthOf } from "./sizes";
import { speedOf } from "./words";

interface Props {
  box: DrawnBox;
  rect: Rect;
  now: BoxNow | undefined;
  label: string;
  describedBy: string;
  wide: boolean;
  focused: boolean;
  /** In the tab order: one box is, the arrows reach the others. */
  tabbable: boolean;
  place: number;
  onFocusBox: (place: number) => void;
  onKey: (event: KeyboardEvent, place: number) => void;
}

export const BoxView = memo(function BoxView(props: Props) {
  const { box, rect, now, label, describedBy, wide, focused, tabbable, place, onFocusBox, onKey } = props;
  const { x, y, width, height } = rect;
  const bad = now?.degraded ?? false;
  return (
    <g
      className={`rm-box ${box.is}${bad ? " bad" : ""}${focused ? " focused" : ""}`}
      role="button"
      tabIndex={tabbable ? 0 : -1}
      aria-pressed={focused}
      aria-label={label}
      aria-describedby={describedBy}
      data-box={place}
      onClick={() => onFocusBox(place)}
      onKeyDown={(event) => onKey(event, place)}
    >
      <rect className="rm-ring" x={x - 1} y={y - 1} width={width + 2} height={height + 2} rx={5} />
      <rect className="rm-frame" x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} rx={4} />
      {box.is === "store" && <line className="rm-top" x1={x + 1} x2={x + width - 1} y1={y + 4.5} y2={y + 4.5} />}
      {box.is === "store" ? (
        <StoreBody {...{ box, rect, now }} />
      ) : box.is === "topic" ? (
        <TopicBody {...{ box, rect, now, wide }} />
      ) : (
        <ServiceBody {...{ box, rect, now, wide }} />
      )}
    </g>
  );
});

interface BodyProps {
  box: DrawnBox;
  rect: Rect;
  now: BoxNow | undefined;
  wide?: boolean;
}

function ServiceBody({ box, rect: { x, y, width, height }, now, wide = false }: BodyProps) {
  const [first, second] = [y + Math.round(height * 0.38), y + Math.round(height * 0.77)];
  const end = x + width - 8;
  const word = now?.word ?? null;
  const speed = now ? speedOf(now, wide) : "";
  const figure = now?.rate == null ? "" : rate(now.rate);
  const room = width - 16 - widthOf(figure) - 6;
  return (
    <>
      <text x={x + 8} y={first} className="rm-name">
        {box.name}
      </text>
      {box.is === "service" && now && <Replicas x={end} y={first - 11} now={now} room={width - 24 - box.name.length * 7.4} />}
      <text x={x + 8} y={second} className={now?.degraded && now.rate === 0 ? "rm-figure bad" : "rm-figure"}>
        {figure}
      </text>
      <text x={end} y={second} textAnchor="end" className={word ? (now?.degraded ? "rm-figure bad" : "rm-figure quiet") : "rm-figure quiet"}>
        {fitted(word ?? speed, room)}
      </text>
    </>
  );
}

function StoreBody({ box, rect: { x, y, width, height }, now }: BodyProps) {
  const line = y + height / 2 + 7;
  const side = width < 120 ? 5 : 8;
  const room = width - 2 * side - 3 - box.name.length * 6.9;
  return (
    <>
      <text x={x + side} y={line} className="rm-name">
        {box.name}
      </text>
      <text x={x + width - side} y={line} textAnchor="end" className={now?.degraded ? "rm-figure bad" : "rm-figure quiet"}>
        {now ? fitted(now.word ?? speedOf(now, false), room) : ""}
      </text>
    </>
  );
}

/** A lane per partition: how much of it the slowest group has not read. */
function TopicBody({ box, rect: { x, y, width, height }, now, wide }: BodyProps) {
  const lanes = now?.lanes ?? null;
  const many = lanes?.length ?? 0;
  const [from, to] = [y + (wide ? 32 : 26), y + height - 8];
  const step = many > 0 ? Math.min(8, (to - from) / many) : 0;
  const [left, right] = [x + 9, x + width - 9];
  const full = QUEUE_FULL / Math.max(1, many);
  const words = now?.word ?? (many > 1 ? (wide ? `${many} partitions` : `p0–p${many - 1}`) : "");
  return (
    <>
      <text x={x + 8} y={y + (wide ? 21 : 18)} className="rm-name">
        {box.name}
      </text>
      <text x={x + width - 8} y={y + (wide ? 21 : 18)} textAnchor="end" className={now?.word && now.degraded ? "rm-figure bad" : "rm-figure quiet"}>
        {words}
      </text>
      {lanes?.map((waiting, lane) => {
        const at = from + lane * step + step / 2;
        const long = Math.min(1, waiting / full) * (right - left);
        return (
          <g key={lane} className={waiting > full * 0.05 ? "rm-lane many" : "rm-lane"}>
            <line className="base" x1={left} x2={right} y1={at} y2={at} />
            {long > 0.5 && <line className="rest" x1={right - long} x2={right} y1={at} y2={at} />}
          </g>
        );
      })}
    </>
  );
}

const TICKS = 8;

/** Ticks for replicas, those that already run a change in the colour of what was done by the candidate. */
function Replicas({ x, y, now, room }: { x: number; y: number; now: BoxNow; room: number }) {
  const { up, replicas, rolling } = now;
  const words = rolling ? `${rolling.done} of ${rolling.of}` : up < replicas ? `${up} of ${replicas}` : "";
  if (replicas > TICKS) {
    return (
      <text x={x} y={y + 11} textAnchor="end" className={up < replicas ? "rm-figure bad" : "rm-figure quiet"}>
        {words || `${replicas} replicas`}
      </text>
    );
  }
  const start = x - replicas * 5 + 2;
  return (
    <g className="rm-ticks">
      {words && widthOf(words) < room - replicas * 5 && (
        <text x={start - 5} y={y + 11} textAnchor="end" className={rolling ? "rm-figure mine" : "rm-figure bad"}>
          {words}
        </text>
      )}
      {Array.from({ length: replicas }, (_, n) => (
        <rect
          key={n}
          className={n >= up ? "gone" : rolling && n < rolling.done ? "mine" : undefined}
          x={start + n * 5}
          y={y}
          width={2.5}
          height={12}
        />
      ))}
    </g>
  );
}
