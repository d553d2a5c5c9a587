// What a candidate sees: who is with them, what is kept and whom to ask, and whatever the people in
// the conversation show. No clock, no record, nothing of what they think.
import { lazy, Suspense, useEffect, useState } from "react";
import type { CandidateView } from "../api/types";
import { remembered } from "../shared/store";
import { nearTime } from "../shared/time";
import { Brief } from "./Brief";
import { MaterialView } from "./MaterialView";
import { Prepare } from "./prepare/Prepare";
import { watch, type Watched } from "./watch";
import "./candidate.css";

/** Fetched only by those who have one. */
const CandidateRoom = lazy(() => import("../room/candidate/CandidateRoom"));

export function CandidatePage({ token }: { token: string }) {
  const [watched, tell] = useState<Watched>({ kind: "opening" });
  useEffect(() => watch(token, tell), [token]);
  switch (watched.kind) {
    case "open":
      return watched.view.room ? <InRoom view={watched.view} token={token} line={watched.line} /> : <Open view={watched.view} line={watched.line} />;
    case "shut":
      return <Shut status={watched.status} detail={watched.problem?.detail ?? null} />;
    case "unreachable":
      return (
        <Plain title="The page cannot be reached">
          Nothing answers at this address right now. This page tries again by itself; if it stays like this, tell the
          people who invited you.
        </Plain>
      );
    default:
      return <main className="c-plain" aria-busy="true" />;
  }
}

function Shut({ status, detail }: { status: number; detail: string | null }) {
  return (
    <Plain title={status === 410 ? "This link is no longer open" : "This link leads nowhere"}>
      {detail ??
        (status === 410
          ? "It has expired or was taken back."
          : "It may be cut short. Copy it whole from the message it came in.")}{" "}
      Ask whoever sent it to you for a new one.
    </Plain>
  );
}

function Plain({ title, children }: { title: string; children: React.ReactNode }) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main className="c-plain">
      <h1>{title}</h1>
      <p className="reading muted pretty">{children}</p>
    </main>
  );
}

const STATE: Record<CandidateView["state"], string> = {
  planned: "Not started yet",
  running: "Under way",
  paused: "Paused",
  ended: "Over",
  called_off: "Called off",
};

type Place = "prepare" | "tutorial" | "room";

/** An interview over a running system: what prepares for it, then the room, and what was beside it stands in the brief. */
function InRoom({ view, token, line }: { view: CandidateView; token: string; line: boolean }) {
  const [chosen, choose] = useState<Place | null>(null);
  const base = `/api/c/${encodeURIComponent(token)}`;
  const key = `tutorial.${view.code}`;
  const [tried, setTried] = useState(() => remembered.read(key) !== null);
  const begun = view.state !== "planned";
  const here = view.present.length > 0;
  // Whoever waits is led to the room when somebody comes, and stays there; whoever is busy with something is only told.
  useEffect(() => {
    if (here && !begun && chosen === null) choose("room");
    if (!here && chosen === "prepare") choose(null);
  }, [here, begun, chosen]);
  const place: Place = begun ? "room" : (chosen ?? (here ? "room" : "prepare"));
  const tutorial = `${base}/tutorial`;
  const back = { words: "to the preparation", go: () => choose("prepare") };
  if (place === "prepare") {
    return (
      <Prepare
        view={view}
        line={line}
        base={tutorial}
        tried={tried}
        onTutorial={() => choose("tutorial")}
        onRoom={() => choose("room")}
        about={<About view={view} />}
      />
    );
  }
  if (place === "tutorial") {
    const names = view.present.join(", ");
    return (
      <Suspense fallback={<main className="c-plain" aria-busy="true" />}>
        <CandidateRoom
          key="tutorial"
          base={tutorial}
          keptAs={`${view.code}-tutorial`}
          leave={{ words: "leave the tutorial", go: () => choose(null) }}
          tutorial={{
            onDone: () => {
              remembered.write(key, "done");
              setTried(true);
            },
          }}
          notice={
            here && (
              <p className="rm-notice" role="status">
                <span dir="auto">{names}</span> {view.present.length === 1 ? "is" : "are"} in the room of your interview now.{" "}
                <button type="button" className="link" onClick={() => choose("room")}>
                  Go there
                </button>
              </p>
            )
          }
        />
      </Suspense>
    );
  }
  return <Live view={view} base={`${base}/room`} leave={begun ? undefined : back} />;
}

function Live({ view, base, leave }: { view: CandidateView; base: string; leave?: { words: string; go: () => void } }) {
  useEffect(() => {
    document.title = `${view.title} · your interview`;
  }, [view.title]);
  const shown = view.shown.map((one) => ({ id: one.id, title: one.title, view: <MaterialView material={one} /> }));
  return (
    <Suspense fallback={<main className="c-plain" aria-busy="true" />}>
      <CandidateRoom key="room" base={base} keptAs={view.code} about={<About view={view} />} shown={shown} leave={leave} />
    </Suspense>
  );
}

function Open({ view, line }: { view: CandidateView; line: boolean }) {
  const [choice, choose] = useState<string | null>(null);
  useEffect(() => {
    document.title = `${view.title} · your interview`;
  }, [view.title]);
  // The one shown last comes to the front, unless the candidate went back to another.
  const ids = view.shown.map((one) => one.id).join(" ");
  useEffect(() => choose(null), [ids]);
  const shown = view.shown.find((one) => one.id === choice) ?? view.shown.at(-1);
  return (
    <div className="c-page">
      <header className="c-bar">
        <h1 dir="auto">{view.title}</h1>
        <span className="muted">
          {STATE[view.state]}
          {view.state === "planned" && view.scheduled_at ? `: ${nearTime(view.scheduled_at)}` : ""}, {view.minutes} minutes
        </span>
        <span className="c-line small" role="status">
          {line ? "" : "No connection; this page comes back by itself."}
        </span>
      </header>
      <main className="c-main">
        <section className="c-shown" aria-label="Shown to you">
          <p className="vh" role="status">
            {shown ? `Shown now: ${shown.title}` : "Nothing is shown."}
          </p>
          {shown ? (
            <>
              <div className="c-heads" role="group" aria-label="What is shown">
                {view.shown.map((one) => (
                  <button key={one.id} type="button" aria-pressed={one === shown} onClick={() => choose(one.id)} dir="auto">
                    {one.title}
                  </button>
                ))}
              </div>
              <MaterialView key={shown.id} material={shown} />
            </>
          ) : view.brief && view.state !== "ended" ? (
            <Brief brief={view.brief} />
          ) : (
            <div className="c-empty">
              <h2>Nothing is shown yet</h2>
              <p className="reading muted pretty">
                {view.state === "ended"
                  ? "The interview is over. You can close this page."
                  : "If the people you talk with want you to see something, it appears here by itself. Until then, just talk."}
              </p>
            </div>
          )}
        </section>
        <aside className="c-about" aria-label="About this interview">
          <About view={view} />
        </aside>
      </main>
    </div>
  );
}

/** Who is there, what is kept, and what this page does. */
function About({ view }: { view: CandidateView }) {
  return (
    <dl>
      <dt>With you</dt>
      <dd>
        <ul>
          {view.with.map((name) => (
            <li key={name} dir="auto">
              {name}
              {view.present.includes(name) && <span className="muted"> here now</span>}
            </li>
          ))}
          {view.present
            .filter((name) => !view.with.includes(name))
            .map((name) => (
              <li key={name} dir="auto">
                {name}
                <span className="muted"> here now</span>
              </li>
            ))}
        </ul>
      </dd>
      <dt>Kept</dt>
      <dd className="prose" dir="auto">
        {view.kept} How long it is kept is theirs to say; this link opens until {nearTime(view.expires_at)}.
      </dd>
      <dt>AI tools</dt>
      <dd className="pretty">
        Your interviewers have said nothing about AI tools on this page. Ask them before you use one, also where you need it as an
        aid: to ask counts against nobody.
      </dd>
      <dt>This page</dt>
      <dd className="pretty">
        It does not listen, record, or watch what you type or where you point. Your interviewers see only whether
        it is open. Your code in their papers: <span className="mono">{view.code}</span>.
      </dd>
    </dl>
  );
}
