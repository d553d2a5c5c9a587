// One of several at a time beside the picture of a replay: the customer, what was decided and done, what is true, the record.
import { type KeyboardEvent, useEffect, useRef } from "react";
import { TruthTable } from "../room/TruthTable";
import { useRoom, useTicking } from "../room/session/hooks";
import { Decisions } from "../room/workbench/Decisions";
import { Logs } from "../room/workbench/Logs";
import { Moves } from "../room/workbench/Moves";
import "../room/workbench/work.css";
import { Traces } from "../room/workbench/Traces";
import { clock } from "../system/format";
import { useReplaySession } from "./context";
import { Customer, NoCustomer } from "./Customer";
import { SpreadLine, SpreadProgress, useSpread } from "./Spread";
import type { Point } from "./track";

export type SideName = "customer" | "decisions" | "moves" | "truth" | "record" | "traces" | "logs";

const SIDES: readonly { name: SideName; title: string }[] = [
  { name: "customer", title: "Customer" },
  { name: "decisions", title: "Decisions" },
  { name: "moves", title: "Moves" },
  { name: "truth", title: "Truth" },
  { name: "record", title: "Record" },
  { name: "traces", title: "Traces" },
  { name: "logs", title: "Logs" },
];

interface Props {
  side: SideName;
  onSide: (side: SideName) => void;
  take: string;
  searched: string | null;
  onKey: (key: string | null) => void;
  points: readonly Point[];
  moment: number | null;
}

export function Sides({ side, onSide, take, searched, onKey, points, moment }: Props) {
  const tabs = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    const place = SIDES.findIndex((one) => one.name === side);
    const next = SIDES[(place + by + SIDES.length) % SIDES.length];
    if (!next) return;
    onSide(next.name);
    tabs.current?.querySelector<HTMLElement>(`#rp-tab-${next.name}`)?.focus();
  };
  return (
    <section className="rm-work" aria-label="Beside the picture">
      <div className="rm-tabs" role="tablist" aria-label="Beside the picture" ref={tabs} onKeyDown={move}>
        {SIDES.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`rp-tab-${name}`}
            aria-selected={side === name}
            aria-controls="rp-side"
            tabIndex={side === name ? 0 : -1}
            onClick={() => onSide(name)}
          >
            {title}
          </button>
        ))}
      </div>
      <div className="rm-panel" role="tabpanel" id="rp-side" tabIndex={0} aria-labelledby={`rp-tab-${side}`}>
        {side === "customer" &&
          (searched ? (
            <>
              <p className="rp-who">
                <button type="button" className="rm-chip" onClick={() => onKey(null)}>
                  {searched}
                  <span aria-hidden="true"> ×</span>
                  <span className="vh">: look for somebody else</span>
                </button>
              </p>
              <Customer key={searched} take={take} who={searched} onKey={onKey} />
            </>
          ) : (
            <NoCustomer onKey={onKey} />
          ))}
        {side === "decisions" && <Decisions />}
        {side === "moves" && <Moves />}
        {side === "truth" && <TruthSide take={take} onKey={onKey} />}
        {side === "record" && <Record points={points} moment={moment} />}
        {side === "traces" && <Traces />}
        {side === "logs" && <Logs />}
      </div>
    </section>
  );
}

/** Figures of now; and, for a room that is over, how its end comes out with other seeds. */
function TruthSide({ take, onKey }: { take: string; onKey: (key: string) => void }) {
  const session = useReplaySession();
  const truth = useRoom((state) => state.truth);
  const over = session.whole.clock?.ended ?? false;
  const spread = useSpread(take, over);
  const atEnd = useTicking(() => session.film.v() >= session.film.to);
  if (!truth) return <p className="rm-line muted">Nothing has been judged yet.</p>;
  return (
    <>
      <TruthTable
        truth={truth}
        title="Against what they can see"
        onCustomer={(one) => onKey(one.what)}
        below={(promise) => {
          const row = spread?.rows.get(promise);
          return row && spread ? <SpreadLine row={row} of={spread.of} /> : null;
        }}
      />
      <SpreadProgress spread={spread} />
      {over ? (
        <p className="rm-line small muted pretty">
          {atEnd ? "" : "The figures above are of this moment; the small plots compare the end of the room. "}
          Other seeds are other customers and other luck under the same decisions, moves and faults. A plot is no judgement of anybody.
        </p>
      ) : (
        <p className="rm-line small muted">How it comes out with other seeds is told when the room is over.</p>
      )}
    </>
  );
}

function Record({ points, moment }: { points: readonly Point[]; moment: number | null }) {
  const session = useReplaySession();
  const { film } = session;
  const at = (v: number) => clock((v - film.from) / 1e6);
  // The last of them that lies before now.
  const here = useTicking(() => points.findLastIndex((one) => one.v <= film.v()));
  const list = useRef<HTMLOListElement>(null);
  // What a browser answers to scrolling is no way to end an effect.
  useEffect(() => {
    list.current?.querySelector(".here")?.scrollIntoView?.({ block: "nearest" });
  }, [here]);
  return (
    <ol className="rp-record" ref={list}>
      {points.map((point, place) => (
        <li key={place} className={place === here ? "here" : place > here ? "later" : undefined}>
          <button type="button" onClick={() => film.seek(point.v)} aria-current={place === here ? "step" : undefined}>
            <time>{at(point.v)}</time>
            <span className="rp-word">{point.word}</span>
            <span dir="auto">{point.text}</span>
            {moment !== null && Math.abs(point.v - moment) < 1e6 && <span className="vh"> (the moment)</span>}
          </button>
        </li>
      ))}
      {points.length === 0 && <li className="muted rm-line">Nothing was done and nothing was noted.</li>}
    </ol>
  );
}
