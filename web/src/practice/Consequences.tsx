// What the run came to: who was hurt, how many, what it cost; the truth beside what the team could know. With another run
// beside it, before → after.
import type { Kept, Scenario } from "../wasm/practice";
import { clock, count, money, plain } from "./format";
import type { Run } from "./useSession";

interface ConsequencesProps {
  scenario: Scenario;
  current: Run;
  against: Run | null;
}

export function Consequences({ scenario, current, against }: ConsequencesProps) {
  const { outcome } = current;
  const before = against?.outcome ?? null;
  return (
    <section className="px-section" aria-labelledby="consequences">
      <div className="px-head">
        <h2 id="consequences" tabIndex={-1}>Consequences</h2>
        <span className="muted">
          {before ? `run ${against?.id} → run ${current.id}, same customers` : `run ${current.id}, as a whole`}
          {current.reference && <b className="px-whose"> reference {plain(current.reference)}, not your answers</b>}
        </span>
      </div>
      <div className="scroll" tabIndex={0} role="group" aria-label="Consequences">
        <table className="px-facts">
          <thead>
            <tr>
              <th scope="col">Promise</th>
              <th scope="col">
                Broken <span className="px-true">true</span>
              </th>
              <th scope="col">They were told</th>
              <th scope="col">Cost</th>
            </tr>
          </thead>
          <tbody>
            {outcome.invariants.map((kept, at) => (
              <Promise
                key={kept.name}
                scenario={scenario}
                kept={kept}
                before={before?.invariants[at] ?? null}
                complains={scenario.invariants[at]?.complains ?? false}
              />
            ))}
            <tr className="sum">
              <th scope="row">All together</th>
              <td />
              <td>
                <Change before={before ? count(before.tickets_filed) : null} now={count(outcome.tickets_filed)} />{" "}
                {outcome.tickets_filed === 1 ? "ticket" : "tickets"}
              </td>
              <td>
                <Change before={before ? money(scenario, before.cost) : null} now={money(scenario, outcome.cost)} />
              </td>
            </tr>
          </tbody>
        </table>
      </div>
      <ul className="px-noticed">
        {outcome.detection.map((fault) => (
          <li key={fault.fault}>
            <span className="muted">{fault.fault}</span> <span>{noticed(fault)}</span>
          </li>
        ))}
      </ul>
      {outcome.cost_a_month > 0 && (
        <p className="muted px-pad">
          {current.reference ? "Its" : "These"} decisions cost {money(scenario, outcome.cost_a_month)} a month.
        </p>
      )}
    </section>
  );
}

function noticed({ began, at, by }: Run["outcome"]["detection"][number]): string {
  if (began === null) return "did not happen";
  if (at !== null && at - began < 1000) return by === "alert" ? "an alarm was ringing already" : `noticed at once, by a ${by}`;
  return at === null ? "nobody ever noticed" : `noticed after ${clock(at - began)}, by ${by === "alert" ? "an" : "a"} ${by}`;
}

interface PromiseProps {
  scenario: Scenario;
  kept: Kept;
  before: Kept | null;
  complains: boolean;
}

function Promise({ scenario, kept, before, complains }: PromiseProps) {
  const hurt = kept.hurts === "customer" && kept.violations > 0;
  return (
    <tr>
      <th scope="row">
        <b className={hurt ? "px-hurt" : undefined}>{plain(kept.name)}</b>
        <span className="muted">hurts {article(kept.hurts)}</span>
      </th>
      <td className={hurt ? "px-hurt" : undefined}>
        {hurt && <Diamond />}
        <Change before={before ? count(before.violations) : null} now={count(kept.violations)} />
        {kept.undecided > 0 && <span className="muted"> {count(kept.undecided)} open</span>}
        {kept.mended > 0 && <span className="muted"> late or never, {count(kept.mended)} came late</span>}
      </td>
      <td>
        {complains ? (
          <>
            <Change before={before ? count(before.tickets) : null} now={count(kept.tickets)} /> complaints
          </>
        ) : (
          <span className="muted">nobody complains</span>
        )}
      </td>
      <td>
        <Change before={before ? money(scenario, before.cost) : null} now={money(scenario, kept.cost)} />
      </td>
    </tr>
  );
}

export const article = (hurts: string) => (hurts === "finance" ? "finance" : `the ${hurts}`);

export function Change({ before, now }: { before: string | null; now: string }) {
  if (before === null || before === now) return <span>{now}</span>;
  return (
    <span className="px-change">
      <span className="muted">{before}</span>
      <span aria-hidden="true"> → </span>
      <span className="vh">became </span>
      <b>{now}</b>
    </span>
  );
}

/** A customer is harmed: a shape beside the colour. */
export function Diamond({ hollow = false }: { hollow?: boolean }) {
  return (
    <svg className={hollow ? "px-diamond hollow" : "px-diamond"} viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      <path d="M5 .8L9.2 5 5 9.2.8 5z" />
    </svg>
  );
}
