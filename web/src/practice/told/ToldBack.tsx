// A run told back: what happened, what was decided, whom it hurt, and what other designs would have done to the same people.
// Facts beside each other; which of them is the better one is nobody's business here.
import { useEffect, useRef } from "react";
import type { Choices, Question, Scenario } from "../../wasm/practice";
import { answerTo, changed } from "../compare";
import { clock, count, money, plain } from "../format";
import { CROWDS, type Teller, type Telling } from "../useTale";
import type { Run, Session } from "../useSession";
import { Course } from "./Course";
import { Designs } from "./Designs";
import { Fates } from "./Fates";
import { Harm } from "./Harm";
import "./told.css";

interface ToldBackProps {
  scenario: Scenario;
  run: Run;
  name: string;
  telling: Telling;
  session: Session;
  /** Somebody's history is open instead. */
  away: boolean;
  /** Puts the playhead of the practice page somewhere, and goes there. */
  show: (at: number) => void;
}

export function ToldBack({ scenario, run, name, telling, session, away, show }: ToldBackProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever comes back from somebody's history goes on where they were.
  const left = useRef<Element | null>(null);
  useEffect(() => {
    if (away) return;
    const back = left.current instanceof HTMLElement && left.current.isConnected ? left.current : heading.current;
    back?.focus();
  }, [away]);
  const { tale, trouble } = telling;
  const own = tale?.tellers[0] ?? null;
  const look = (serial: number, teller: Teller | null) => {
    left.current = document.activeElement;
    session.lookUnder(serial, teller?.outcome ? { reference: teller.reference ?? "", choices: teller.choices, outcome: teller.outcome } : null);
  };
  const whole = tale !== null && tale.crowds.length >= CROWDS;
  return (
    <article className="px-told" hidden={away} aria-labelledby="told">
      <header className="px-told-head">
        <div>
          <h2 id="told" tabIndex={-1} ref={heading}>
            Run {run.id}, told back
          </h2>
          <p className="muted">
            {scenario.title}, customers <span className="mono">#{run.seed}</span>, {name}. {clock(scenario.play)} of it, everything to the end: nothing is
            estimated.
          </p>
        </div>
        <button type="button" className="btn quiet" onClick={() => session.tell(false)}>
          Back to the run <kbd>Esc</kbd>
        </button>
      </header>
      <Doing telling={telling} designs={(tale?.tellers.length ?? 0) > 1} whole={whole} />
      {trouble && (
        <p className="px-trouble" role="alert">
          {trouble}
        </p>
      )}
      {own && (
        <>
          <section aria-labelledby="told-course">
            <h3 id="told-course">What happened</h3>
            <Course scenario={scenario} back={own.back} show={show} look={(serial) => look(serial, null)} />
          </section>
          <section aria-labelledby="told-decided">
            <h3 id="told-decided">What was decided</h3>
            {run.reference ? (
              <p className="muted">This run is the reference {plain(run.reference)}, which keeps its answers to itself.</p>
            ) : (
              <Decided questions={scenario.decisions} choices={run.choices} />
            )}
            {own.back.moves.length > 0 && (
              <p className="muted">Moves were made by the scenario’s own operator, who sees alerts and tickets and nothing else.</p>
            )}
          </section>
          <section aria-labelledby="told-harm">
            <h3 id="told-harm">What it came to, and for whom</h3>
            <Harm scenario={scenario} run={run} back={own.back} look={(serial) => look(serial, null)} />
          </section>
          {tale && tale.tellers.length > 1 && (
            <>
              <section aria-labelledby="told-designs">
                <h3 id="told-designs">What other designs would have done to the same people</h3>
                <p className="muted">
                  The same people at the same moments with the same luck; only the answers are others. The full dot is these people; each hollow one is
                  another crowd, of {CROWDS}, so that luck shows. Designs stand in the order of the scenario’s file, which is no order of merit.
                </p>
                <Designs scenario={scenario} run={run} tale={tale} />
              </section>
              <section aria-labelledby="told-fates">
                <h3 id="told-fates">One by one</h3>
                <p className="muted">Those whom this run names: at most twenty a promise. Open any of them to have both histories side by side.</p>
                <Fates run={run} tale={tale} look={look} />
              </section>
            </>
          )}
          {tale && whole && tale.tellers.length === 1 && (
            <p className="muted">
              This scenario names no other designs, and this run is the system as it was found. Change one decision, and there is something to compare.
            </p>
          )}
          <p className="muted px-told-end">
            Altogether {money(scenario, own.back.cost)} and {count(own.back.tickets)} {own.back.tickets === 1 ? "ticket" : "tickets"}. The address of this page
            tells it again, on any machine.
          </p>
        </>
      )}
    </article>
  );
}

function Doing({ telling: { doing, tale, stop, goOn, trouble }, designs, whole }: { telling: Telling; designs: boolean; whole: boolean }) {
  if (doing)
    return (
      <p className="px-told-doing">
        <progress value={doing.share} max={1} aria-label="Telling it back" />
        <span className="muted" role="status">
          {doing.what === "tellers"
            ? designs || (tale?.tellers.length ?? 0) > 0
              ? "The other designs run over the same people."
              : "It runs again, with an eye on those whom it hurt."
            : `${tale?.crowds.length ?? 0} of ${CROWDS} other crowds, for the part that luck has.`}
        </span>
        <button type="button" className="btn quiet" onClick={stop}>
          Stop
        </button>
      </p>
    );
  if (whole || trouble) return null;
  return (
    <p className="px-told-doing">
      <span className="muted">Stopped: what stands here is what was computed until then.</span>
      <button type="button" className="btn quiet" onClick={goOn}>
        Go on
      </button>
    </p>
  );
}

function Decided({ questions, choices }: { questions: Question[]; choices: Choices }) {
  const other = changed(questions, choices);
  const left = questions.length - Object.keys(other).length;
  return (
    <>
      {Object.keys(other).length > 0 && (
        <dl className="px-told-decided">
          {questions
            .filter(({ name }) => name in other)
            .map((question) => (
              <div key={question.name}>
                <dt className="muted">{question.ask}</dt>
                <dd>{answerIn(question, choices)}</dd>
              </div>
            ))}
        </dl>
      )}
      <p className="muted">
        {left === questions.length && "Nothing: the system ran as it was found."}
        {left > 0 && left < questions.length && `${left === 1 ? "One question" : `${left} questions`} stayed as found.`}
      </p>
    </>
  );
}

function answerIn(question: Question, choices: Choices): string {
  const answer = answerTo(question, choices);
  return question.options.find((option) => option.name === answer)?.says || plain(answer);
}
