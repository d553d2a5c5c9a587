// Both futures beside each other: what was broken and for whom, the figures on one axis, and one customer's two histories.
import { useMemo } from "react";
import { Sign } from "../room/parts";
import { money } from "../room/strips/figures";
import { lift, ticksOf, upward } from "../room/strips/scale";
import type { Hello, Truth } from "../room/wire";
import { capital, clock, count } from "../system/format";
import { frameOf, type Futures, type Step } from "./api";
import { align, charts, type Customers, customers, lineOf, type Pair, pairs } from "./futures";

interface Props {
  futures: Futures;
  hello: Hello;
  /** From here on they part. */
  v: number;
  who: string | null;
  onWho: (key: string) => void;
}

export function FuturesView({ futures, hello, v, who, onWho }: Props) {
  const [held, otherwise] = [frameOf(futures.held), frameOf(futures.otherwise)];
  if (!held.truth || !otherwise.truth) return null;
  return (
    <>
      <Promises held={held.truth} otherwise={otherwise.truth} hello={hello} until={futures.until} onWho={onWho} />
      {futures.histories && <Histories futures={futures} hello={hello} who={who} />}
      <Figures futures={futures} hello={hello} v={v} />
    </>
  );
}

function Promises({
  held,
  otherwise,
  hello,
  until,
  onWho,
}: {
  held: Truth;
  otherwise: Truth;
  hello: Hello;
  until: number;
  onWho: (key: string) => void;
}) {
  return (
    <section aria-labelledby="rp-promises">
      <div className="rm-head">
        <h2 id="rp-promises">What came of it</h2>
        <span className="muted small">both until {clock((until - hello.opens) / 1e6)}</span>
      </div>
      <table className="rp-promises">
        <thead>
          <tr>
            <th scope="col">Broken</th>
            <th scope="col">as held</th>
            <th scope="col">otherwise</th>
          </tr>
        </thead>
        <tbody>
          {pairs(held, otherwise).map((pair) => (
            <tr key={pair.promise}>
              <th scope="row" dir="auto">
                {pair.says}
                <Who customers={customers(pair)} onWho={onWho} />
              </th>
              <Count pair={pair} side="held" />
              <Count pair={pair} side="otherwise" />
            </tr>
          ))}
          <tr>
            <th scope="row">worth, all in all</th>
            <td>
              <b>{money(held.cost, hello)}</b>
            </td>
            <td>
              <b>{money(otherwise.cost, hello)}</b>
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}

function Count({ pair, side }: { pair: Pair; side: "held" | "otherwise" }) {
  const row = pair[side];
  const harm = row !== null && row.count > 0 && row.hurts === "customer";
  return (
    <td className={harm ? "harm" : row !== null && row.count > 0 ? "wrong" : undefined}>
      {row !== null && row.count > 0 && <Sign is={harm ? "diamond" : "up"} />} <b>{row === null ? "–" : count(row.count)}</b>
      {row !== null && (row.undecided > 0 || row.mended > 0) && (
        <span className="muted small">
          {" "}
          {[row.undecided > 0 && `${count(row.undecided)} undecided`, row.mended > 0 && `${count(row.mended)} mended`].filter(Boolean).join(", ")}
        </span>
      )}
    </td>
  );
}

/** By name, as far as there are names: the server gives a few of each. */
function Who({ customers: { both, held, otherwise }, onWho }: { customers: Customers; onWho: (key: string) => void }) {
  const groups: [string, Customers["both"]][] = [
    ["as held only", held],
    ["both ways", both],
    ["otherwise only", otherwise],
  ];
  return groups
    .filter(([, who]) => who.length > 0)
    .map(([word, who]) => (
      <span key={word} className="rp-names small">
        <span className="muted">{word}:</span>{" "}
        {who.map((one, place) => (
          <span key={one.serial}>
            {place > 0 && ", "}
            <button type="button" className="link" onClick={() => onWho(one.what)}>
              {one.what}
            </button>
          </span>
        ))}
      </span>
    ));
}

function Histories({ futures, hello, who }: { futures: Futures; hello: Hello; who: string | null }) {
  const { held, otherwise } = futures.histories ?? { held: null, otherwise: null };
  const rows = useMemo(() => align(held?.steps ?? [], otherwise?.steps ?? []), [held, otherwise]);
  const what = held?.what || otherwise?.what || who || "this customer";
  const differing = rows.filter((row) => row.differs).length;
  const at = (step: Step) => clock((step.v - hello.opens) / 1e6);
  return (
    <section aria-labelledby="rp-same">
      <div className="rm-head">
        <h2 id="rp-same">{capital(what)}, both ways</h2>
        <span className="muted small">
          {differing === 0 ? "nothing differs" : `${count(differing)} ${differing === 1 ? "line differs" : "lines differ"}`}
        </span>
      </div>
      {rows.length === 0 ? (
        <p className="muted rm-line">Nobody of that name came.</p>
      ) : (
        <div className="rp-scroll" tabIndex={0} role="group" aria-label={`${capital(what)}, both ways`}>
          <table className="rp-histories">
            <colgroup>
              <col className="time" />
              <col />
              <col className="time" />
              <col />
            </colgroup>
            <thead>
              <tr>
                <th scope="col" colSpan={2}>
                  as held
                </th>
                <th scope="col" colSpan={2}>
                  otherwise
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, place) => (
                <tr key={place} className={row.differs ? "differs" : undefined}>
                  <Side step={row.held} at={at} />
                  <Side step={row.otherwise} at={at} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Side({ step, at }: { step: Step | null; at: (step: Step) => string }) {
  if (!step)
    return (
      <>
        <td className="time" />
        <td />
      </>
    );
  return (
    <>
      <td className="time">{at(step)}</td>
      <td className={step.weighs ?? undefined} dir="auto">
        <span className="muted">{step.part}</span> {step.weighs === "harm" && <Sign is="diamond" />} {step.text}
        {!step.seen && step.is !== "client" && <span className="rp-true">true</span>}
      </td>
    </>
  );
}

const WIDE = 600;
const HIGH = 44;

/** One axis for all: what was held in ink, the other in teal and dashed, and a line where they part. */
function Figures({ futures, hello, v }: { futures: Futures; hello: Hello; v: number }) {
  const [held, otherwise] = [frameOf(futures.held), frameOf(futures.otherwise)];
  const span = { from: hello.opens, to: Math.max(futures.until, hello.opens + 1) };
  const [here, there] = [held.samples?.rows ?? [], otherwise.samples?.rows ?? []];
  const parts = ((v - span.from) / (span.to - span.from)) * WIDE;
  const drawn = charts(held.strips ?? [], otherwise.strips ?? []).filter(({ strip }) => strip.not_bought === null);
  return (
    <section aria-labelledby="rp-figures-both">
      <div className="rm-head">
        <h2 id="rp-figures-both">Figures</h2>
        <span className="rp-legend small" aria-hidden="true">
          <svg width="24" height="8">
            <path className="held" d="M0 4h24" />
          </svg>
          as held
          <svg width="24" height="8">
            <path className="other" d="M0 4h24" />
          </svg>
          otherwise
        </span>
      </div>
      {drawn.map(({ strip, at, other }) => {
        const line = strip.lines.find((one) => one.at === at);
        const values = [
          ...here.map((row) => ({ v: row.v, values: [row.values[at] ?? null] })),
          ...there.map((row) => ({ v: row.v, values: [row.values[other] ?? null] })),
        ];
        const scale = upward({ ...strip, lines: [{ at: 0, label: "", strong: true }] }, values);
        const path = (points: ReturnType<typeof lineOf>) =>
          pathThrough(points.map(({ x, y }) => ({ x: x * WIDE, y: y === null ? null : HIGH - 2 - lift(y, scale) * (HIGH - 4) })));
        return (
          <figure key={strip.id} className="rp-chart">
            <figcaption>
              <b dir="auto">{strip.title}</b> <span className="muted small">{[line?.label, strip.says].filter(Boolean).join(", ")}</span>
            </figcaption>
            <svg
              viewBox={`0 0 ${WIDE} ${HIGH}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={`${strip.title}: ${ends(here, at)} as held, ${ends(there, other)} otherwise, at the end`}
            >
              <path className="parts" d={`M${parts} 0V${HIGH}`} />
              <path className="held" d={path(lineOf(here, at, span.from, span.to))} />
              <path className="other" d={path(lineOf(there, other, span.from, span.to))} />
            </svg>
            <span className="rp-ends small">
              <span>{ends(here, at)}</span>
              <span className="teal">{ends(there, other)}</span>
            </span>
          </figure>
        );
      })}
      <div className="rp-axis small muted" aria-hidden="true">
        <span>
          {ticksOf(span, hello.opens, 6).map((tick) => (
            <i key={tick} style={{ left: `${((tick - span.from) / (span.to - span.from)) * 100}%` }}>
              {clock((tick - hello.opens) / 1e6)}
            </i>
          ))}
        </span>
      </div>
    </section>
  );
}

function ends(rows: readonly { values: (number | null)[] }[], at: number): string {
  const value = rows.at(-1)?.values[at] ?? null;
  if (value === null) return "–";
  return value >= 100 ? count(Math.round(value)) : String(Math.round(value * 10) / 10);
}

/** A path with gaps where nothing was measured. */
function pathThrough(points: readonly { x: number; y: number | null }[]): string {
  let [path, pen] = ["", "M"];
  for (const { x, y } of points) {
    if (y === null) pen = "M";
    else {
      path += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
      pen = "L";
    }
  }
  return path;
}
