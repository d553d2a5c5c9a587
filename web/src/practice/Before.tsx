// What stands where the figures will be, before the first run: the story, what will go wrong, and what is promised to whom.
import type { Scenario } from "../wasm/practice";
import { faultWords } from "./faultWords";
import { capital, clock, plain } from "./format";

export function Before({ scenario }: { scenario: Scenario }) {
  return (
    <section className="px-before" aria-label="The story">
      <p className="reading pretty">{scenario.story}</p>
      <p className="muted pretty">
        Nothing has run yet. One run is {scenario.play / 60_000} minutes of it, in which this goes wrong. You decide beforehand how the system answers to
        it; then you see whom it hurt.
      </p>
      <h3>What will go wrong</h3>
      <table className="px-planned">
        <tbody>
          {scenario.faults.map((fault) => (
            <tr key={fault.name}>
              <th scope="row">{clock(fault.at - scenario.warm_up)}</th>
              <td>
                {faultWords(scenario, fault)} <span className="muted">({fault.name})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>What is promised</h3>
      <table className="px-planned">
        <tbody>
          {scenario.invariants.map((promise) => (
            <tr key={promise.name}>
              <th scope="row">{promise.hurts}</th>
              <td>
                {capital(plain(promise.name))}
                {promise.complains ? "" : <span className="muted">, and nobody complains when it is not</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
