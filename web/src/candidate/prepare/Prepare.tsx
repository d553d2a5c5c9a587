// Days or minutes before an interview over a running system: three things that are worth doing, and the brief. The room itself
// opens when somebody who interviews is there.
import { useEffect } from "react";
import type { CandidateView } from "../../api/types";
import { useMedia } from "../../shared/useMedia";
import { nearTime } from "../../shared/time";
import { Brief } from "../Brief";
import { Check } from "./Check";
import { TUTORIAL_WIDTH } from "./check";
import "./prepare.css";

interface Props {
  view: CandidateView;
  /** Whether changes arrive right now. */
  line: boolean;
  /** Of the tutorial's room. */
  base: string;
  /** The tutorial's steps were all done, in this browser. */
  tried: boolean;
  onTutorial: () => void;
  onRoom: () => void;
  about: React.ReactNode;
}

export function Prepare({ view, line, base, tried, onTutorial, onRoom, about }: Props) {
  useEffect(() => {
    document.title = `${view.title} · prepare`;
  }, [view.title]);
  const wide = useMedia(`(min-width: ${TUTORIAL_WIDTH}px)`);
  const here = view.present;
  return (
    <div className="c-page">
      <header className="c-bar">
        <h1 dir="auto">{view.title}</h1>
        <span className="muted">
          Not started yet{view.scheduled_at ? `: ${nearTime(view.scheduled_at)}` : ""}, {view.minutes} minutes
        </span>
        <span className="c-line small" role="status">
          {line ? "" : "No connection; this page comes back by itself."}
        </span>
      </header>
      <main className="c-main">
        <div className="c-shown">
          <section className="c-prepare" aria-labelledby="c-prepare">
            <h2 id="c-prepare">Before the interview</h2>
            <p className="reading pretty">
              You will work on a system that really runs here, and that breaks while customers use it.{" "}
              {here.length > 0 ? (
                <>
                  <b dir="auto">{here.join(", ")}</b> {here.length === 1 ? "is" : "are"} in the room now.{" "}
                  <button type="button" className="link" onClick={onRoom}>
                    Go to the room
                  </button>
                </>
              ) : (
                "The room opens here by itself as soon as one of your interviewers is in it. Until then, any of these helps, and none is required."
              )}
            </p>
            <ol>
              <li>
                <h3>Try a room, five minutes</h3>
                <p className="pretty">
                  Another system, to learn the page on. Nobody watches, nothing in it is scored, and your interviewers are shown only that you opened it.
                  {tried && " You have been through all of its steps."}
                </p>
                {wide ? (
                  <p>
                    <button type="button" className={tried ? "btn" : "btn go"} onClick={onTutorial}>
                      {tried ? "Open it again" : "Open the tutorial"}
                    </button>
                  </p>
                ) : (
                  <p className="muted pretty">It wants a larger window than this: open this link on a computer, at least {TUTORIAL_WIDTH} wide.</p>
                )}
              </li>
              <li>
                <h3>Check what you will use</h3>
                <p className="pretty">
                  Connection, window, browser and keyboard, with what to do about each. On the device that you will use on the day.
                </p>
                <Check base={base} />
              </li>
              <li>
                <h3>Read what it is about</h3>
                <p className="pretty">
                  {view.brief ? "The brief below, with what is assessed; " : ""}who will be there, and what is kept, beside it. The brief is at hand
                  during the interview too.
                </p>
              </li>
            </ol>
          </section>
          {view.brief && <Brief brief={view.brief} />}
        </div>
        <aside className="c-about" aria-label="About this interview">
          {about}
        </aside>
      </main>
    </div>
  );
}
