// A moment of a record, opened where it is argued about: the fifteen seconds around it (up to two
// minutes), the place of it in the whole interview, and the way to its neighbours.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { Link } from "react-router";
import { answer, api } from "../../api/client";
import { useWholeKit } from "../../api/queries";
import type { Interview, Kit } from "../../api/types";
import { Segmented } from "../../shared/Segmented";
import { ErrorNotice, Loading } from "../../shared/states";
import { clock, shortDate } from "../../shared/time";
import { textOf } from "./entryText";
import "./moment.css";
import { Place } from "./Place";
import { around, neighbour, type Span, spans } from "./window";

export interface MomentRef {
  interview_id: string;
  entry: string;
  at_ms: number;
}

/** The room's own code is fetched by whoever looks into a room, and by nobody else. */
const Inline = lazy(async () => ({ default: (await import("../../replay/Inline")).Inline }));

export const interviewQuery = (id: string) =>
  queryOptions({
    queryKey: ["interview", id],
    queryFn: () => answer(api.GET("/api/interviews/{id}", { params: { path: { id } } })),
  });

interface MomentProps {
  moment: MomentRef;
  /** "Ines’s note" in "fifteen seconds before Ines’s note". */
  whose: string;
  onClose?: () => void;
}

export function Moment({ moment, whose, onClose }: MomentProps) {
  const interview = useQuery(interviewQuery(moment.interview_id));
  const kit = useWholeKit();
  if (interview.isError) return <ErrorNotice error={interview.error} retry={() => void interview.refetch()} />;
  if (kit.isError) return <ErrorNotice error={kit.error} retry={() => void kit.refetch()} />;
  if (!interview.data || !kit.data) return <Loading what="Opening the record" />;
  return (
    <Excerpt
      key={moment.entry}
      moment={moment}
      whose={whose}
      interview={interview.data}
      kit={kit.data}
      onClose={onClose}
    />
  );
}

const reach: Record<Span, string> = { "15": "fifteen seconds", "60": "one minute", "120": "two minutes" };

function Excerpt({ moment, whose, interview, kit, onClose }: MomentProps & { interview: Interview; kit: Kit }) {
  const [at, setAt] = useState({ id: moment.entry, at_ms: moment.at_ms });
  const [span, setSpan] = useState<Span>("15");
  const moved = at.id !== moment.entry;
  const view = around(interview.entries, at.at_ms, span);
  const before = neighbour(interview.entries, at, -1);
  const after = neighbour(interview.entries, at, 1);
  const who = (id: string) => interview.people.find((one) => one.person.id === id)?.person;
  const held = interview.live.started_at ?? interview.scheduled_at;
  useEffect(() => setAt({ id: moment.entry, at_ms: moment.at_ms }), [moment.entry, moment.at_ms]);
  // Written beside a room: then that room, where it was, is what the note is about.
  const inRoom = interview.entries.find((one) => one.id === at.id)?.moment ?? null;

  return (
    <section className="moment-frame" aria-label={`The record around ${clock(at.at_ms)}`}>
      <header>
        <h4>Record</h4>
        <span className="muted small moment-what">
          <span dir="auto">{interview.title}</span>
          {held && `, ${shortDate(held)}`}
          {moved
            ? `, around ${clock(at.at_ms)}`
            : `, from ${clock(view.from_ms)}, ${reach[span]} before ${whose}`}
        </span>
        <span className="panel-only small end">panel only</span>
        {onClose && (
          <button type="button" className="x" aria-label="Close the record" onClick={onClose}>
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="1.5" fill="none" />
            </svg>
          </button>
        )}
      </header>
      {interview.room && inRoom && (
        <Suspense fallback={<Loading what="Opening the room" />}>
          <Inline key={at.id} room={interview.room.id} moment={inRoom} />
        </Suspense>
      )}
      <Place interview={interview} at_ms={at.at_ms} from_ms={view.from_ms} to_ms={view.to_ms} />
      <ol className="moment-list">
        {view.entries.map((entry) => {
          const said = textOf(entry, interview, kit);
          const person = who(entry.who);
          const here = entry.id === at.id;
          return (
            <li key={entry.id} className={[here && "here", !said.own && "by-page"].filter(Boolean).join(" ")}>
              <time>{clock(entry.at_ms)}</time>
              <abbr className="ini" title={person?.name}>
                {person?.initials ?? ""}
              </abbr>
              <span className="muted small moment-kind">{said.kind}</span>
              <span className="prose" dir="auto">
                {said.text}
                {said.note && <span className="muted small"> {said.note}</span>}
                {here && <span className="vh"> (the moment)</span>}
              </span>
            </li>
          );
        })}
        {view.entries.length === 0 && <li className="muted">Nothing was written down in these seconds.</li>}
      </ol>
      <footer>
        <Segmented<Span> legend="How much of it" choices={spans} value={span} onChange={setSpan} />
        <span className="moment-steps">
          <button
            type="button"
            className="btn"
            disabled={!before}
            onClick={() => before && setAt({ id: before.id, at_ms: before.at_ms })}
          >
            ← Note before
          </button>
          <button
            type="button"
            className="btn"
            disabled={!after}
            onClick={() => after && setAt({ id: after.id, at_ms: after.at_ms })}
          >
            Note after →
          </button>
          {moved && (
            <button type="button" className="btn quiet" onClick={() => setAt({ id: moment.entry, at_ms: moment.at_ms })}>
              Back to {clock(moment.at_ms)}
            </button>
          )}
        </span>
        <Link className="link end" to={`/interviews/${interview.id}#${at.id}`}>
          Open the record
        </Link>
      </footer>
    </section>
  );
}
