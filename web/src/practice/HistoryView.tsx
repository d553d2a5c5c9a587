// One customer's history, step by step across all parts; with another run beside it, both histories side by side and their
// differences in sight. What the team cannot see is told too, and marked.
import { useEffect, useMemo, useRef, useState } from "react";
import { Segmented } from "../shared/Segmented";
import type { History, Told } from "../wasm/practice";
import { align, differs, type Row } from "./compare";
import { Diamond } from "./Consequences";
import { after, capital, clock } from "./format";
import type { Run } from "./useSession";
import "./history.css";

interface HistoryViewProps {
  serial: number;
  warmUp: number;
  current: Run;
  against: Run | null;
  here: History | null;
  there: History | null;
  share: number;
  nameOf: (run: Run) => string;
  close: () => void;
}

type Eyes = "all" | "seen";

export function HistoryView({ serial, warmUp, current, against, here, there, share, nameOf, close }: HistoryViewProps) {
  const [eyes, look] = useState<Eyes>("all");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [serial]);
  const filter = (steps: Told[]) => (eyes === "seen" ? steps.filter((step) => step.seen !== "no") : steps);
  const both = against !== null;
  const rows = useMemo<Row[]>(() => {
    if (!here || (both && !there)) return [];
    if (!both || !there) return filter(here.steps).map((step) => ({ left: null, right: step }));
    return align(filter(there.steps), filter(here.steps));
  }, [here, there, both, eyes]);
  const what = here?.what || there?.what || `customer ${serial}`;
  const came = here?.came ?? there?.came;
  const waits = !here || (both && !there);
  const differing = both ? rows.filter(differs).length : 0;
  return (
    <section className="px-history" aria-labelledby="history">
      <div className="px-head">
        <h2 id="history" tabIndex={-1} ref={heading}>
          {capital(what)}
        </h2>
        <span className="muted">
          {came !== undefined && `arrives at ${clock(came - warmUp)}`}
          {both && !waits && (differing > 0 ? `, ${differing} lines differ` : ", nothing differs")}
        </span>
        <Segmented
          legend="Which steps"
          className="end"
          value={eyes}
          onChange={look}
          choices={[
            { value: "all", label: "What happened" },
            { value: "seen", label: "What they can see" },
          ]}
        />
        <button type="button" className="btn quiet" onClick={close}>
          Close <kbd>Esc</kbd>
        </button>
      </div>
      {waits ? (
        <p className="px-pad muted" role="status">
          Running again, with an eye on this customer: {Math.round(share * 100)} %
        </p>
      ) : (
        <div className="px-steps scroll" tabIndex={0} role="group" aria-label={`History of ${what}`}>
          <table className={both ? "both" : "one"}>
            <colgroup>
              {(both ? ["there", "here"] : ["here"]).flatMap((side) => ["time", "part", "text"].map((kind) => <col key={side + kind} className={kind} />))}
            </colgroup>
            <thead>
              <tr>
                {both && against && <SideHead run={against} history={there} name={nameOf(against)} />}
                <SideHead run={current} history={here} name={nameOf(current)} />
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={at} className={both && differs(row) ? "differs" : undefined}>
                  {both && <Side step={row.left} marks={joins(there)} />}
                  <Side step={row.right} marks={joins(here)} />
                </tr>
              ))}
            </tbody>
          </table>
          {rows.length === 0 && <p className="px-pad muted">Nobody of that number came in this run.</p>}
        </div>
      )}
      <p className="px-legend">
        <span className="px-true">true</span> it happened, and nothing that the team has shows it{" "}
        {joins(here) || joins(there) ? (
          <>
            <span className="px-apart">apart</span> one service sees it, and nothing joins it to the rest
          </>
        ) : (
          "The rest one service each sees for itself: no correlation id is passed on, and nothing joins"
        )}
      </p>
    </section>
  );
}

function SideHead({ run, history, name }: { run: Run; history: History | null; name: string }) {
  const harms = history?.steps.filter((step) => step.weighs === "harm").length ?? 0;
  return (
    <th scope="col" colSpan={3}>
      <b>Run {run.id}</b> <span className="muted">{name}</span>
      <span className="px-verdict">
        {harms > 0 ? (
          <>
            <Diamond /> {harms === 1 ? "a promise broken" : `${harms} promises broken`}
          </>
        ) : (
          <span className="muted">no promise broken</span>
        )}
      </span>
    </th>
  );
}

/** Whether anything joins across services for the team. Where nothing does, each step that they see stands apart. */
const joins = (history: History | null) => history?.steps.some((step) => step.seen === "joined" && step.is === "service") ?? false;

function Side({ step, marks }: { step: Told | null; marks: boolean }) {
  if (!step)
    return (
      <>
        <td className="time" />
        <td className="part" />
        <td className="text" />
      </>
    );
  const weighs = step.weighs ? ` ${step.weighs}` : "";
  return (
    <>
      <td className="time">{after(step.after)}</td>
      <td className="part">{step.part}</td>
      <td className={`text${weighs}`}>
        {step.weighs === "harm" && <Diamond />}
        {step.text}
        {step.until !== null && <span className="muted"> until {after(step.until)}</span>}
        {step.seen === "no" && step.is !== "client" && <span className="px-true">true</span>}
        {marks && step.seen === "apart" && <span className="px-apart">apart</span>}
      </td>
    </>
  );
}
