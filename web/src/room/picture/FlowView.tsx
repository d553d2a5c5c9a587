// One edge of the picture: as thick as its traffic, dashed where it fails, with its rate, its policy or its queue beside it.
import { memo } from "react";
import { count, rate } from "../../system/format";
import type { Arrival } from "../../system/arrivals";
import type { Rect, Route } from "../../system/layout";
import type { DrawnBox, DrawnEdge } from "../../wasm/practice";
import type { EdgeNow } from "../wire";
import { fitted, QUEUE_FULL, widthOf } from "./sizes";

interface Props {
  edge: DrawnEdge;
  route: Route;
  from: { box: DrawnBox; rect: Rect };
  to: { box: DrawnBox; rect: Rect };
  now: EdgeNow | undefined;
  /** Of what arrives: all who come this way. */
  comer: Arrival | undefined;
  /** Left edge of what is outside: words keep clear of it. */
  outside: number | null;
}

export const FlowView = memo(function FlowView({ edge, route, from, to, now, comer, outside }: Props) {
  // That some fail is nothing yet; whether it is too many is the server's to say.
  const bad = now?.degraded ?? false;
  return (
    <g className={bad ? "rm-flow bad" : "rm-flow"}>
      <path d={route.path} strokeWidth={thick(now?.rate ?? null)} markerEnd={bad ? "url(#rm-bad)" : "url(#rm-arrow)"} />
      {now && <Words {...{ edge, route, from, to, now, comer, outside }} />}
    </g>
  );
});

type WordsProps = Omit<Props, "now"> & { now: EdgeNow };

function Words({ edge, route, from, to, now, comer, outside }: WordsProps) {
  if (edge.carries === "group") return <Queue {...{ route, from, to, now }} />;
  const fails = now.degraded && now.failed > 0;
  const figure = fails ? `${rate(now.failed)} fail` : now.rate === null ? "" : rate(now.rate);
  const tone = now.degraded ? "rm-figure bad" : "rm-note";
  const { x, y, anchor } = route.label;
  if (comer) {
    return (
      <>
        <text x={from.rect.x} y={y - 26} className="rm-note">
          {comer.edges.length > 1 ? `${comer.edges.length} clients` : comer.name}
          <title>{comer.names}</title>
        </text>
        <text x={x} y={y} className={now.degraded ? "rm-figure bad" : "rm-figure"}>
          {figure}
        </text>
      </>
    );
  }
  const named = edge.carries === "events" ? ["events", figure].filter(Boolean).join(" ") : figure;
  const policy = edge.carries === "events" && now.word === "events" ? null : now.word;
  if (route.length > 0 && policy) {
    // Beside each other: the figure at the start, a policy where it acts.
    const left = Math.min(from.rect.x + from.rect.width, to.rect.x + to.rect.width) + 8;
    const right = Math.min(Math.max(from.rect.x, to.rect.x), outside ?? Infinity) - 6;
    if (edge.carries === "events") {
      return (
        <text x={left + 8} y={y} className="rm-note">
          {fitted(`${named}, ${policy}`, right - left)}
        </text>
      );
    }
    // The box at its end says the rate, too; nothing else says the policy.
    const both = widthOf(policy) <= right - left - widthOf(named) - 8 || fails;
    const room = right - left - (both ? widthOf(named) + 8 : 0);
    return (
      <>
        {both && (
          <text x={left} y={y} className={tone}>
            {named}
          </text>
        )}
        <text x={right} y={y} textAnchor="end" className="rm-note">
          {fitted(policy, room)}
          <title>{policy}</title>
        </text>
      </>
    );
  }
  if (!route.says && !now.degraded) return null;
  // A provider's edge that carries nothing now needs no figure.
  if (now.rate === 0 && now.failed === 0 && edge.carries === "calls") return null;
  const words = policy ? `${policy} ${named}` : named;
  return (
    <text x={x} y={y} textAnchor={anchor} className={tone}>
      {fitted(words, route.length > 0 ? route.length - 8 : 110)}
    </text>
  );
}

/** How many wait: a bar of fixed length that fills from the reader's side. */
function Queue({ route, from, to, now }: Pick<WordsProps, "route" | "from" | "to" | "now">) {
  const right = to.rect.x > from.rect.x;
  const line = to.rect.y + to.rect.height / 2;
  const tone = now.degraded ? "rm-figure bad" : "rm-note";
  const done = now.rate === null ? "" : now.degraded && now.rate === 0 ? "0/s done" : rate(now.rate);
  if (route.length < 40) {
    return (
      <text x={route.label.x} y={route.label.y} textAnchor={route.label.anchor} className={tone}>
        {now.lag === null ? done : count(now.lag)}
      </text>
    );
  }
  const [left, long] = [(right ? from.rect.x + from.rect.width : to.rect.x + to.rect.width) + 6, Math.min(84, route.length - 16)];
  const part = Math.min(1, (now.lag ?? 0) / QUEUE_FULL) * long;
  const growing = now.growing !== null && Math.abs(now.growing) >= 0.5 && now.degraded ? `${now.growing > 0 ? "+" : "−"}${rate(Math.abs(now.growing))}` : "";
  const lag = count(now.lag ?? 0);
  return (
    <>
      <text x={left} y={line - 27} className={now.degraded ? "rm-count bad" : "rm-count"}>
        {lag}
      </text>
      {growing && lag.length * 7 + widthOf(growing) + 8 <= route.length && (
        <text x={left + lag.length * 7 + 5} y={line - 27} className="rm-figure bad thin">
          {growing}
        </text>
      )}
      <rect className="rm-bar" x={left + 0.5} y={line - 20.5} width={long} height={8} />
      <rect className="rm-fill" x={(right ? left + long - part : left) + 0.5} y={line - 20.5} width={part} height={8} />
      <text x={left} y={line + 18} className={tone}>
        {done}
      </text>
      {now.word && (
        <text x={left} y={line + 34} className={tone}>
          {widthOf(now.word) <= route.length - 12 ? now.word : fitted(now.word.replace(/ letters?$/, ""), route.length - 8)}
        </text>
      )}
    </>
  );
}

/** 1 to 6 pixels, by the logarithm: ten times the traffic is twice as thick. */
function thick(perSecond: number | null): number {
  return perSecond === null || perSecond === 0 ? 1.25 : Math.min(6, 1 + 1.6 * Math.log10(1 + perSecond));
}
