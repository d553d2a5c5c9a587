// What each promise came to: how often it was broken, what the team heard of it, what it cost, and who they are.
import { useState } from "react";
import type { Back, Scenario } from "../../wasm/practice";
import { article, Diamond } from "../Consequences";
import { capital, count, money, plain } from "../format";
import type { Run } from "../useSession";

const FEW = 8;

interface HarmProps {
  scenario: Scenario;
  run: Run;
  back: Back;
  look: (serial: number) => void;
}

export function Harm({ scenario, run, back, look }: HarmProps) {
  const [whole, showWhole] = useState<string | null>(null);
  const kept = back.promises.filter((promise) => promise.broken === 0);
  return (
    <>
      <ul className="px-harm">
        {back.promises.map((promise, at) => {
          if (promise.broken === 0) return null;
          const keys = run.outcome.invariants[at]?.keys ?? [];
          const shown = whole === promise.name ? keys : keys.slice(0, FEW);
          const customer = promise.hurts === "customer";
          const complains = scenario.invariants[at]?.complains;
          return (
            <li key={promise.name}>
              <p>
                <b className={customer ? "px-hurt" : undefined}>
                  {customer && <Diamond />}
                  {capital(promise.called)}: {count(promise.broken)}
                </b>{" "}
                <span className="muted">
                  hurts {article(promise.hurts)}, {money(scenario, promise.cost)}
                  {promise.mended > 0 && `, ${count(promise.mended)} put right later`}
                  {promise.undecided > 0 && `, ${count(promise.undecided)} still open`}
                  {complains ? `; ${promise.tickets === 0 ? "nobody" : count(promise.tickets)} wrote` : "; nobody writes about it"}
                </span>
              </p>
              <ul className="px-names">
                {shown.map((key) => (
                  <li key={key.what}>
                    <button type="button" className="px-key" onClick={() => look(key.serial)} aria-label={`Open the history of ${key.what}`}>
                      {key.what}
                    </button>
                  </li>
                ))}
                {shown.length < keys.length && (
                  <li>
                    <button type="button" className="btn quiet px-more" onClick={() => showWhole(promise.name)}>
                      {keys.length - shown.length} more
                    </button>
                  </li>
                )}
                {whole === promise.name && promise.broken > keys.length && (
                  <li className="muted">and {count(promise.broken - keys.length)} without a name here</li>
                )}
              </ul>
            </li>
          );
        })}
      </ul>
      {kept.length > 0 && (
        <p className="muted">
          {kept.length === back.promises.length ? "No promise to anybody was broken." : `Kept: ${kept.map(({ name }) => plain(name)).join(", ")}.`}
        </p>
      )}
    </>
  );
}
