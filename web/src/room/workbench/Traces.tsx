// Traces by what they carry: a key, a service, an error, a duration. What does not join says why.
import { useEffect, useState } from "react";
import { count } from "../../system/format";
import { useMay } from "../parts";
import { useRoom, useSession } from "../session/hooks";
import { findTraces, useUi, useUiStore } from "../ui";
import type { Traces as Found } from "../wire";
import { FindForm } from "./FindForm";
import { TraceView } from "./TraceView";
import { useRead } from "./useRead";

interface Query {
  key: string;
  service: string;
  errors: boolean;
  min_ms: string;
}

const START: Query = { key: "", service: "", errors: false, min_ms: "" };
const LIMIT = 50;

export function Traces() {
  const session = useSession();
  const may = useMay();
  const drawn = useRoom((state) => state.hello.picture);
  const focus = useUi((ui) => ui.focus);
  const wish = useUi((ui) => ui.wish);
  const ui = useUiStore();
  const focused = focus === null || drawn.boxes[focus]?.is !== "service" ? "" : (drawn.boxes[focus]?.name ?? "");
  const [query, setQuery] = useState<Query>({ ...START, service: focused });
  const [asked, setAsked] = useState<Query | null>(null);
  const { data, error, busy, read } = useRead<Found>();
  const search = (what: Query) => {
    setAsked(what);
    read(
      () => session.api.traces({ key: what.key.trim(), service: what.service, errors: what.errors || null, min_ms: what.min_ms, limit: LIMIT }),
      (found) => {
        const words = wordsOf(what);
        if (words && may) session.send("search", { kind: "search", where: "traces", query: words, found: found.total });
      },
    );
  };
  // Asked for from elsewhere: that key, whatever else was chosen here before.
  useEffect(() => {
    if (!wish) return;
    const next = { ...START, key: wish.key };
    setQuery(next);
    search(next);
  }, [wish?.number]);
  useEffect(() => {
    if (wish && asked === null) return;
    const next = { ...query, service: focused };
    setQuery(next);
    search(next);
  }, [focused]);
  const change = (more: Partial<Query>, now = false) => {
    const next = { ...query, ...more };
    setQuery(next);
    if (now) search(next);
  };
  return (
    <div className="rm-search">
      <FindForm
        id="rm-find-traces"
        label="Key to find"
        placeholder="a key, such as 8123"
        mono
        text={query.key}
        onText={(key) => change({ key })}
        service={query.service}
        onService={(service) => change({ service }, true)}
        onFind={() => search(query)}
      >
        <select className="input" aria-label="Duration" value={query.min_ms} onChange={(event) => change({ min_ms: event.target.value }, true)}>
          <option value="">any duration</option>
          {[100, 500, 1000, 2000, 5000].map((one) => (
            <option key={one} value={one}>
              over {one < 1000 ? `${one} ms` : `${one / 1000} s`}
            </option>
          ))}
        </select>
        <label className="rm-check">
          <input type="checkbox" checked={query.errors} onChange={(event) => change({ errors: event.target.checked }, true)} /> with errors
        </label>
      </FindForm>
      {error ? (
        <p className="rm-line" role="alert">
          {error}
        </p>
      ) : data && asked ? (
        <Results data={data} query={asked} busy={busy} onKey={(key) => findTraces(ui, key)} />
      ) : (
        <p className="rm-quiet muted">{busy ? "Looking …" : ""}</p>
      )}
    </div>
  );
}

export function Results({ data, query, busy, onKey }: { data: Found; query: Pick<Query, "key">; busy: boolean; onKey: (key: string) => void }) {
  const key = query.key.trim();
  const many = data.list.length;
  // What it is, and what follows from it; the second may come with the first.
  const [why = "", ...more] = (data.why_not ?? "").split(/(?<=\.)\s+/u);
  const from = Math.min(...data.list.map((one) => one.began));
  const to = Math.max(...data.list.map(endOf));
  // One story on one base of time; unrelated ones each on their own.
  const common = key !== "" && many > 0 && to - from < 120e9;
  const [opened, open] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => open(new Set()), [data]);
  return (
    <>
      <p className="rm-line small muted" role="status">
        {busy ? "Looking …" : countWords(data.total, many)}
        {common && many > 1 && `, one time base of ${seconds(to - from)}`}
      </p>
      {!data.joined && data.why_not && many > 0 && (
        <div className="rm-line">
          <p>
            <b dir="auto">{why}</b>
          </p>
          {more.length > 0 && (
            <p className="small muted" dir="auto">
              {more.join(" ")}
            </p>
          )}
          {key !== "" && more.length === 0 && (
            <p className="small muted">
              {many === 1 ? "This one names" : `These ${many} name`} {key} in a field. What caused what is for you to say.
            </p>
          )}
        </div>
      )}
      {many === 0 && (
        <p className="rm-quiet muted pretty">
          {key ? `No trace names ${key}. ` : "No trace is like that. "}
          {data.why_not}
        </p>
      )}
      {(common ? [...data.list].sort((a, b) => a.began - b.began) : data.list).map((trace, place) => (
        <TraceView
          key={place}
          trace={trace}
          from={common ? from : trace.began}
          to={common ? to : endOf(trace)}
          open={common || opened.has(place)}
          onToggle={common ? null : () => open((before) => toggled(before, place))}
          onKey={onKey}
        />
      ))}
    </>
  );
}

/** When a trace ends; one under way, with the last that is known of it. */
function endOf(trace: Found["list"][number]): number {
  const known = trace.spans.map((span) => span.start_us + (span.took_us ?? 0));
  return trace.began + (trace.took_us ?? Math.max(1, ...known)) * 1000;
}

function toggled(before: ReadonlySet<number>, place: number): ReadonlySet<number> {
  const next = new Set(before);
  if (!next.delete(place)) next.add(place);
  return next;
}

function wordsOf({ key, service, errors, min_ms }: Query): string {
  return [key.trim(), service && `in ${service}`, errors && "with errors", min_ms && `over ${min_ms} ms`].filter(Boolean).join(", ");
}

const countWords = (total: number, shown: number): string =>
  total === 0 ? "Nothing found" : total > shown ? `${shown} newest of ${count(total)} traces` : `${count(total)} ${total === 1 ? "trace" : "traces"}`;

const seconds = (ns: number): string => `${(ns / 1e9).toFixed(2)} s`;
