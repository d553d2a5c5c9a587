// /rooms/:room/takes/:n/story: what happened in a room, in words and numbers, to read and to print. Facts alone.
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { Button } from "../shared/Button";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { clock } from "../system/format";
import { titled } from "../room/titled";
import { helloQuery, momentAt, type RoomStory, spreadQuery, storyQuery } from "./api";
import { pathOf } from "./link";
import "./replay.css";
import { runsOf } from "./runs";
import { spreadWords } from "./spread";
import { type Take, TakeOf } from "./TakeOf";
import { LAST } from "./useReplay";

export function Component() {
  const { room = "", n = "" } = useParams();
  return (
    <TakeOf room={room} n={Number(n) || 1}>
      {({ take, room: of }) => <Story key={take.id} room={room} take={take} title={of.title} drill={of.interview_id === null} />}
    </TakeOf>
  );
}

function Story({ room, take, title, drill }: { room: string; take: Take; title: string; drill: boolean }) {
  const story = useQuery(storyQuery(take.id));
  const whole = useQuery({ queryKey: ["room-end", take.id], queryFn: () => momentAt(take.id, LAST, 0) });
  const over = whole.data?.clock?.ended ?? false;
  const spread = useQuery({ ...spreadQuery(take.id), enabled: over });
  const hello = useQuery(helloQuery(take.id));
  const error = story.error ?? whole.error ?? hello.error;
  const opens = hello.data?.opens ?? 0;
  const faults = hello.data?.faults ?? [];
  const lines = story.data?.lines.map((line) => ({ ...line, text: titled(line.text, faults) })) ?? [];
  const says = new Map((whole.data?.truth?.rows ?? []).map((row) => [row.promise, row.says]));
  const others = spread.data && spread.data.done >= spread.data.of ? spread.data : null;
  return (
    <Page
      title={`Story: ${title}`}
      barEnd={
        <>
          {!drill && <span className="panel-only small wide-only">panel only</span>}
          {drill && (
            <Link className="link" to={`/drills/${room}`}>
              The drill
            </Link>
          )}
          <Link className="link" to={pathOf({ room, n: take.n })}>
            Replay
          </Link>
        </>
      }
    >
      <article className="wrap rp-story">
        <header>
          <h1 dir="auto">{title}: what happened</h1>
          <p className="muted">
            {drill ? "A drill." : `Take ${take.n}.`} Told from the room’s log and the system alone; nobody’s reading of it is in here.
          </p>
          <Button className="no-print" onClick={() => window.print()}>
            Print
          </Button>
        </header>
        {error ? (
          <ErrorNotice error={error} retry={() => void Promise.all([story.refetch(), whole.refetch(), hello.refetch()])} />
        ) : !story.data || !whole.data || !hello.data ? (
          <Loading what="Telling it" />
        ) : (
          <>
            <section aria-labelledby="rp-figures">
              <h2 id="rp-figures">In numbers</h2>
              <dl className="rp-facts">
                {story.data.facts.map((fact) => (
                  <div key={fact.says}>
                    <dt>{titled(fact.says, faults)}</dt>
                    <dd>{fact.value}</dd>
                  </div>
                ))}
              </dl>
              {over && (
                <>
                  <h3>The same decisions with other seeds</h3>
                  {others ? (
                    <ul className="rp-others">
                      {others.rows.map((row) => (
                        <li key={row.promise}>
                          <b>{says.get(row.promise) ?? row.promise}</b> {spreadWords(row, others.of)}.
                        </li>
                      ))}
                    </ul>
                  ) : (
                    <p className="muted" role="status">
                      {spread.isError ? "They could not be played." : `Being played: ${spread.data?.done ?? 0} of ${spread.data?.of ?? 200}.`}
                    </p>
                  )}
                </>
              )}
            </section>
            <section aria-labelledby="rp-course">
              <h2 id="rp-course">In order</h2>
              <ol className="rp-course">
                {runsOf(lines).map((run) => {
                  const [first, last] = [run[0]!, run.at(-1)!];
                  const at = (v: number) => clock((v - opens) / 1e6);
                  return (
                    <li key={`${first.v} ${first.text}`}>
                      <Link className="link" to={pathOf({ room, n: take.n, v: first.v })}>
                        <time>{at(first.v)}</time>
                      </Link>
                      {run.length === 1 ? (
                        <Line line={first} />
                      ) : (
                        <details>
                          <summary>
                            {run.length} customers wrote until {at(last.v)}.
                          </summary>
                          <ul>
                            {run.map((line) => (
                              <li key={line.text} className="small">
                                <span className="muted">{at(line.v)}</span> <Line line={line} />
                              </li>
                            ))}
                          </ul>
                        </details>
                      )}
                    </li>
                  );
                })}
              </ol>
            </section>
          </>
        )}
      </article>
    </Page>
  );
}

function Line({ line }: { line: RoomStory["lines"][number] }) {
  return (
    <span dir="auto">
      {line.text}
      {line.who && <span className="muted small"> {line.who}</span>}
      {line.words && line.words !== line.text && (
        <q className="prose" dir="auto">
          {line.words}
        </q>
      )}
    </span>
  );
}
