// The runs of this visit: any of them to be shown, any other of the same customers to be compared with; and the reference
// designs, which run without telling what they answer.
import type { Scenario } from "../wasm/practice";
import { count, money, plain } from "./format";
import type { Run, Session } from "./useSession";

interface RunsProps {
  scenario: Scenario;
  session: Session;
  nameOf: (run: Run) => string;
}

export function Runs({ scenario, session, nameOf }: RunsProps) {
  const { runs, current, against } = session;
  // One promise has its own column: the first to a customer, or else the first.
  const first = Math.max(0, scenario.invariants.findIndex((promise) => promise.hurts === "customer"));
  // One column less where it would say the same in every row.
  const mixed = new Set(runs.map((run) => run.seed)).size > 1;
  return (
    <section className="px-section" aria-labelledby="runs">
      <div className="px-head">
        <h2 id="runs">Runs</h2>
        <span className="muted">kept until this page is closed</span>
      </div>
      <div className="scroll" tabIndex={0} role="group" aria-label="Runs">
        <table className="px-runs">
          <thead>
            <tr>
              <th scope="col">Show</th>
              <th scope="col">Decided</th>
              {mixed && <th scope="col">Customers</th>}
              <th scope="col">{plain(scenario.invariants[first]?.name ?? "")}</th>
              <th scope="col" className="wide-only">
                Promises broken
              </th>
              <th scope="col">Cost in all</th>
              <th scope="col">Compare</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => {
              const comparable = run.seed === current?.seed && run.id !== current?.id;
              return (
                <tr key={run.id}>
                  <td>
                    <label className="px-pick">
                      <input type="radio" name="shown" checked={run.id === current?.id} onChange={() => session.show(run)} />
                      <span>run {run.id}</span>
                    </label>
                  </td>
                  <td>{nameOf(run)}</td>
                  {mixed && <td className="mono">#{run.seed}</td>}
                  <td>{count(run.outcome.invariants[first]?.violations ?? 0)}</td>
                  <td className="wide-only">
                    {run.outcome.invariants.filter((kept) => kept.violations > 0).length} of {run.outcome.invariants.length}
                  </td>
                  <td>
                    {money(scenario, run.outcome.cost)}
                    {run.outcome.cost_a_month > 0 && <span className="muted px-month">and {money(scenario, run.outcome.cost_a_month)} a month</span>}
                  </td>
                  <td>
                    {comparable ? (
                      <label className="px-pick">
                        <input type="radio" name="against" checked={run.id === against?.id} onChange={() => session.compareWith(run)} />
                        <span className="vh">with run {run.id}</span>
                      </label>
                    ) : (
                      <span className="muted">{run.id === current?.id ? "" : "others"}</span>
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {scenario.designs.length > 0 && (
        <p className="px-pad px-references">
          <span className="muted">Compare with a reference, which keeps its answers to itself:</span>
          {scenario.designs.map((design) => (
            <button key={design} type="button" className="btn quiet" onClick={() => void session.reference(design)} disabled={session.busy !== null}>
              {plain(design)}
            </button>
          ))}
        </p>
      )}
    </section>
  );
}
