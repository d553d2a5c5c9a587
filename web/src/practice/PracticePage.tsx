// The practice page: a system that breaks, the decisions that are yours, and what became of the same customers.
import { useMemo, useRef, useState } from "react";
import { Dialog } from "../shared/Dialog";
import { axisOf, sampleAt } from "./axis";
import { Before } from "./Before";
import { changed } from "./compare";
import { Consequences } from "./Consequences";
import { Decisions } from "./Decisions";
import { plain } from "./format";
import { Guide } from "./Guide";
import { HistoryView } from "./HistoryView";
import { Hurt } from "./Hurt";
import { Picture } from "./picture/Picture";
import { PreviewBar } from "./PreviewBar";
import { usePreview } from "./preview";
import { Runs } from "./Runs";
import { Strips } from "./strips/Strips";
import { ToldBack } from "./told/ToldBack";
import { TopBar } from "./TopBar";
import { usePlayback } from "./usePlayback";
import { useArrival } from "./useArrival";
import { type Run, useSession } from "./useSession";
import { useTale } from "./useTale";
import { type Shortcuts, useShortcuts } from "./useShortcuts";
import { SentVerdict } from "./Verdict";
import "./practice.css";

const KEYS: [string, string][] = [
  ["Space", "play, pause"],
  ["← →", "ten seconds back, on; with Shift, a minute"],
  ["Home End", "the beginning, the end"],
  ["R", "run"],
  ["1 2 3 …", "open a decision"],
  ["T", "tell the run back"],
  ["Esc", "close a customer’s history, or what is told back"],
  ["?", "these keys"],
];

/** `live` is where the news of a preview comes from; nothing on the page of a server or a site. */
export function PracticePage({ live = null }: { live?: string | null }) {
  const preview = usePreview(live);
  const session = useSession(preview);
  const { scenario, current, against, looking, busy } = session;
  const axis = useMemo(() => (scenario ? axisOf(scenario) : null), [scenario]);
  const playback = usePlayback(axis, current?.id ?? null);
  const [keys, showKeys] = useState(false);
  // What was done on this visit, for the three lines.
  const opened = useRef(false);
  opened.current ||= looking !== null && current !== null;
  // A link that names nobody begins at the top, where it says whether the result is what was sent.
  const arrival = useArrival(session.made, looking === null ? "consequences" : "history", session.sent !== null && session.made === 1);
  const telling = useTale(session.book, scenario, current, session.telling);
  const told = session.telling && looking === null;
  const sample = current ? sampleAt(current.outcome.series.at, playback.at) : 0;
  const nameOf = (run: Run) => {
    if (run.reference) return `reference: ${plain(run.reference)}`;
    const words = Object.values(changed(scenario?.decisions ?? [], run.choices)).map(plain);
    return words.length > 0 ? words.join(", ") : "as found";
  };
  const move = (by: number) => (event: KeyboardEvent) => {
    event.preventDefault();
    playback.seek(playback.at + by * (event.shiftKey ? 6 : 1));
  };
  const decide = (at: number) => () => {
    const name = scenario?.decisions[at]?.name;
    const row = document.querySelector<HTMLElement>(`[data-decision="${name ?? ""}"]`);
    row?.focus();
    row?.click();
  };
  const keysOfRun: Shortcuts = {
    " ": (event) => {
      event.preventDefault();
      playback.toggle();
    },
    ArrowLeft: move(-10_000),
    ArrowRight: move(10_000),
    Home: () => axis && playback.seek(axis.from),
    End: () => axis && playback.seek(axis.ends),
    r: () => void (session.stale && session.start()),
    t: () => current && session.tell(true),
    ...Object.fromEntries((scenario?.decisions ?? []).slice(0, 9).map((_, at) => [String(at + 1), decide(at)])),
  };
  useShortcuts({
    ...(told ? {} : keysOfRun),
    Escape: () => (looking !== null ? session.look(null) : session.tell(false)),
    "?": () => showKeys(true),
  });
  const most = Math.max(1, ...(current?.outcome.series.groups.flatMap((group) => group.lag) ?? []));
  const customer = looking !== null && current !== null;
  return (
    <div className="px-page">
      <TopBar session={session} playback={playback} axis={axis} keys={() => showKeys(true)} />
      {preview && <PreviewBar preview={preview} />}
      <main className="px-main">
        {session.trouble && (
          <p className="px-trouble" role="alert">
            {session.trouble}
          </p>
        )}
        {!scenario && !session.trouble && (preview === undefined || preview?.book) && (
          <p className="px-pad muted" role="status">
            Loading …
          </p>
        )}
        {scenario && axis && session.telling && current && (
          <ToldBack
            key={current.id}
            scenario={scenario}
            run={current}
            name={nameOf(current)}
            telling={telling}
            session={session}
            away={!told}
            show={(at) => {
              playback.seek(at);
              session.tell(false);
            }}
          />
        )}
        {scenario && axis && !told && (
          <>
            <div className="px-left">
              {customer && current ? (
                <HistoryView
                  serial={looking}
                  warmUp={scenario.warm_up}
                  current={current}
                  against={against}
                  here={session.here}
                  there={session.there}
                  share={busy?.share ?? 0}
                  nameOf={nameOf}
                  close={() => session.look(null)}
                />
              ) : (
                <>
                  <section aria-labelledby="system">
                    <div className="px-head">
                      <h2 id="system">System</h2>
                      <span className="muted">{current ? `run ${current.id}, ${nameOf(current)}` : "not yet run"}</span>
                      <Legend />
                    </div>
                    <Picture scenario={scenario} outcome={current?.outcome ?? null} sample={sample} at={playback.at} queueFull={most} />
                  </section>
                  {current ? (
                    <Strips scenario={scenario} outcome={current.outcome} before={against} axis={axis} at={playback.at} sample={sample} seek={playback.seek} />
                  ) : (
                    <Before scenario={scenario} />
                  )}
                </>
              )}
            </div>
            <div className="px-right">
              {session.sent && current?.id === 1 && <SentVerdict sent={session.sent} run={current} />}
              <Guide steps={{ ran: current !== null, opened: opened.current, compared: against !== null }} />
              <Decisions
                questions={scenario.decisions}
                choices={session.choices}
                before={answersOf(against ?? current)}
                instead={current?.reference ? `run ${current.id}, ${nameOf(current)}` : null}
                choose={session.choose}
              />
              <div className="px-again">
                <button
                  type="button"
                  className="btn go"
                  disabled={!session.stale}
                  aria-disabled={busy?.what === "run"}
                  onClick={() => {
                    if (busy?.what === "run") return;
                    arrival.press();
                    void session.start();
                  }}
                >
                  {current ? "Run again with the same customers" : "Run"}
                </button>
                <span className="muted small">{said(session.stale, current, busy?.what === "run")}</span>
                {current && (
                  <button type="button" className="btn" onClick={() => session.tell(true)} aria-keyshortcuts="T">
                    Tell it back <kbd>T</kbd>
                  </button>
                )}
                {current && (
                  <button type="button" className="btn quiet phone-only" onClick={session.newCustomers}>
                    New customers
                  </button>
                )}
                {customer && (
                  <button type="button" className="btn quiet phone-only" onClick={() => document.getElementById("history")?.focus()}>
                    {against ? "Both histories of this customer" : "This customer’s history"}
                  </button>
                )}
              </div>
              {current ? (
                <>
                  <Consequences scenario={scenario} current={current} against={against} />
                  <Hurt scenario={scenario} current={current} against={against} looking={looking} look={session.look} />
                  <Runs scenario={scenario} session={session} nameOf={nameOf} />
                </>
              ) : (
                <p className="px-pad muted pretty">Whom these decisions hurt, and what it costs, stands here after the first run.</p>
              )}
            </div>
          </>
        )}
      </main>
      <Dialog open={keys} onClose={() => showKeys(false)} title="Keys">
        <dl className="px-keys">
          {KEYS.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </div>
  );
}

/** What a run answers, unless it is a reference, which does not tell. */
const answersOf = (run: Run | null) => (run && !run.reference ? run.choices : null);

function said(stale: boolean, current: Run | null, running: boolean): string {
  if (running) return "Running …";
  if (!current) return "Everything happens in this browser; nothing is sent.";
  if (current.reference) return "Runs your answers, on the same people.";
  return stale ? "The same people arrive at the same moments, with the same luck." : "Change one decision first.";
}

function Legend() {
  return (
    <span className="px-legend-row end" aria-hidden="true">
      <i className="traffic" /> traffic <i className="errors" /> errors <i className="queue" /> waiting
    </span>
  );
}
