// Those who were hurt, one by one, to be opened. When this run hurt nobody, those of the run it is compared with: the same
// people, and what becomes of them now is the point.
import { useState } from "react";
import type { Kept, Scenario } from "../wasm/practice";
import { Diamond } from "./Consequences";
import { capital, count, plain } from "./format";
import type { Run } from "./useSession";

interface HurtProps {
  scenario: Scenario;
  current: Run;
  against: Run | null;
  looking: number | null;
  look: (serial: number) => void;
}

const FEW = 7;

export function Hurt({ scenario, current, against, looking, look }: HurtProps) {
  const [whole, showWhole] = useState<string | null>(null);
  // One person may stand in several lists, with what is theirs in each: one was opened, and the others say that it is they.
  const [picked, pick] = useState<string | null>(null);
  const lists = scenario.invariants.flatMap((promise, at) => {
    const now = current.outcome.invariants[at];
    const before = against?.outcome.invariants[at];
    if (!promise.each || !now) return [];
    return [{ promise, now, before: now.keys.length === 0 && before && before.keys.length > 0 ? before : null }];
  });
  const some = lists.filter(({ now, before }) => now.keys.length > 0 || before);
  const theirs = some.flatMap(({ now, before }) => (before ?? now).keys).filter((key) => key.serial === looking);
  const chosen = theirs.find((key) => key.what === picked)?.what ?? theirs[0]?.what;
  return (
    <section className="px-section" aria-labelledby="hurt">
      <div className="px-head">
        <h2 id="hurt">Who was hurt</h2>
        <span className="muted">open one to see what happened, step by step</span>
      </div>
      {some.length === 0 && <p className="px-pad muted">In this run no promise to anybody was broken.</p>}
      {some.map(({ promise, now, before }) => {
        const { keys } = before ?? now;
        const shown = whole === promise.name ? keys : keys.slice(0, FEW);
        return (
          <div key={promise.name} className="px-hurt-list">
            <p>
              <b>{capital(plain(promise.name))}</b>{" "}
              <span className="muted">
                {before ? `nobody now; in run ${against?.id}: ${more(before)}` : more(now)}
              </span>
            </p>
            <ul>
              {shown.map((key) => {
                const same = key.serial === looking && key.what !== chosen;
                return (
                  <li key={key.what}>
                    <button
                      type="button"
                      className={same ? "px-key same" : "px-key"}
                      aria-pressed={key.serial === looking && !same}
                      onClick={() => {
                        pick(key.what);
                        look(key.serial);
                      }}
                      aria-label={`Open the history of ${key.what}${same ? ", same customer" : ""}`}
                    >
                      {promise.hurts === "customer" && <Diamond hollow={before !== null} />}
                      {key.what}
                      {same && <span className="px-same">same customer</span>}
                    </button>
                  </li>
                );
              })}
              {shown.length < keys.length && (
                <li>
                  <button type="button" className="btn quiet px-more" onClick={() => showWhole(promise.name)}>
                    {keys.length - shown.length} more
                  </button>
                </li>
              )}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

const more = ({ violations, keys }: Kept): string =>
  violations > keys.length ? `the first ${keys.length} of ${count(violations)}` : count(violations);
