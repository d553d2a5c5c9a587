// Each promise under each design: the figure over the same people, and a dot for every crowd, on one scale a row.
import type { Back, Scenario } from "../../wasm/practice";
import { article } from "../Consequences";
import { capital, count, money, plain } from "../format";
import { range } from "../tale";
import type { Tale, Teller } from "../useTale";
import type { Run } from "../useSession";

export const nameOf = ({ reference }: Teller, run: Run): string =>
  reference === null ? (run.reference ? plain(run.reference) : "this run") : plain(reference);

interface Row {
  name: string;
  note: string;
  of: (back: Back) => number;
  show: (figure: number) => string;
}

const wellOf = ({ pleased, judged }: Back): number => pleased / Math.max(1, judged);

export function Designs({ scenario, run, tale }: { scenario: Scenario; run: Run; tale: Tale }) {
  const promises = scenario.invariants.map((promise, at): Row => {
    const called = tale.tellers[0]?.back.promises[at]?.called ?? plain(promise.name);
    return { name: capital(called), note: `hurts ${article(promise.hurts)}`, of: (back) => back.promises[at]?.broken ?? 0, show: count };
  });
  const rows: Row[] = [
    ...promises,
    { name: "Answered well", note: "of those who came", of: wellOf, show: (share) => `${(100 * share).toFixed(1)} %` },
    { name: "Tickets", note: "", of: (back) => back.tickets, show: count },
    { name: "Cost in all", note: "", of: (back) => back.cost, show: (figure) => money(scenario, figure) },
  ];
  const monthly = tale.tellers.map(({ outcome }) => (outcome ?? run.outcome).cost_a_month);
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label="Designs over the same people">
      <table className="px-designs">
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">What came of it</span>
            </th>
            {tale.tellers.map((teller) => (
              <th key={nameOf(teller, run)} scope="col">
                {nameOf(teller, run)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const crowds = tale.tellers.map((_, at) => tale.crowds.map((crowd) => row.of(crowd.backs[at] ?? crowd.backs[0]!)));
            const most = Math.max(Number.EPSILON, ...tale.tellers.map(({ back }) => row.of(back)), ...crowds.flat());
            return (
              <tr key={row.name}>
                <th scope="row">
                  {row.name}
                  {row.note && <span className="muted">{row.note}</span>}
                </th>
                {tale.tellers.map((teller, at) => {
                  const figure = row.of(teller.back);
                  const others = crowds[at] ?? [];
                  return (
                    <td key={nameOf(teller, run)}>
                      <b>{row.show(figure)}</b>
                      <Dots here={figure} others={others} most={most} />
                      <span className="muted">{others.length > 0 ? `${range(others, row.show)} elsewhere` : ""}</span>
                    </td>
                  );
                })}
              </tr>
            );
          })}
          {monthly.some((cost) => cost > 0) && (
            <tr>
              <th scope="row">
                What the answers cost<span className="muted">a month</span>
              </th>
              {monthly.map((cost, at) => (
                <td key={at}>
                  <b>{money(scenario, cost)}</b>
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

const WIDTH = 112;

/** Above the line these people, below it the other crowds. */
function Dots({ here, others, most }: { here: number; others: number[]; most: number }) {
  const x = (figure: number) => 4 + (figure / most) * (WIDTH - 8);
  return (
    <svg className="px-dots" viewBox={`0 0 ${WIDTH} 18`} width={WIDTH} height="18" aria-hidden="true">
      <path d={`M0 9H${WIDTH}`} />
      <circle className="here" cx={x(here)} cy="5" r="3.5" />
      {others.map((figure, at) => (
        <circle key={at} cx={x(figure)} cy="13" r="2.5" />
      ))}
    </svg>
  );
}
