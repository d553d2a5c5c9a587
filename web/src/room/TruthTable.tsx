// What is true beside what can be seen from inside, as pairs on one line, so that the gap is read across.
import { type ReactNode, useState } from "react";
import { count } from "../system/format";
import { Sign } from "./parts";
import { useRoom } from "./session/hooks";
import { money } from "./strips/figures";
import type { Truth } from "./wire";

/** Red is for a customer who is harmed, and for nothing else. */
const harms = (row: Truth["rows"][number]): boolean => row.hurts === "customer";

interface Props {
  truth: Truth;
  title: string;
  /** A line below a promise, such as how it came out elsewhere. */
  below?: (promise: string) => ReactNode;
  /** What is done with a customer who is named; without it they are only named. */
  onCustomer?: (one: Truth["rows"][number]["who"][number]) => void;
}

export function TruthTable({ truth, title, below, onCustomer }: Props) {
  const coin = useRoom((state) => state.hello);
  const [opened, open] = useState<string | null>(null);
  return (
    <table className="rm-truth">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">true</th>
          <th scope="col">visible</th>
        </tr>
      </thead>
      <tbody>
        {truth.rows.map((row) => [
          <tr key={row.promise} className={row.count > 0 ? (harms(row) ? "harm" : "wrong") : undefined}>
            <th scope="row" dir="auto">
              {row.who.length > 0 ? (
                <button type="button" aria-expanded={opened === row.promise} onClick={() => open(opened === row.promise ? null : row.promise)}>
                  {row.says}
                </button>
              ) : (
                row.says
              )}
              {(row.undecided > 0 || row.mended > 0) && (
                <span className="muted">
                  {" "}
                  {[row.undecided > 0 && `${count(row.undecided)} undecided`, row.mended > 0 && `${count(row.mended)} mended`].filter(Boolean).join(", ")}
                </span>
              )}
            </th>
            <td>
              {row.count > 0 && <Sign is={harms(row) ? "diamond" : "up"} />} <b>{count(row.count)}</b>
            </td>
            <td className="muted" dir="auto">
              {count(row.visible)}
            </td>
          </tr>,
          below?.(row.promise) && (
            <tr key={`${row.promise} below`}>
              <td colSpan={3} className="rm-who small">
                {below(row.promise)}
              </td>
            </tr>
          ),
          opened === row.promise && (
            <tr key={`${row.promise} who`}>
              <td colSpan={3} className="rm-who small">
                {onCustomer
                  ? row.who.map((one, place) => (
                      <span key={one.serial}>
                        {place > 0 && ", "}
                        <button type="button" className="link" onClick={() => onCustomer(one)}>
                          {one.what}
                        </button>
                      </span>
                    ))
                  : row.who.map((one) => one.what).join(", ")}
                {row.count > row.who.length && <span className="muted"> and {count(row.count - row.who.length)} more</span>}
                {row.cost > 0 && <span className="muted">; {money(row.cost, coin)}</span>}
              </td>
            </tr>
          ),
        ])}
        <tr>
          <th scope="row">worth, all in all</th>
          <td>
            <b>{money(truth.cost, coin)}</b>
          </td>
          <td />
        </tr>
      </tbody>
    </table>
  );
}
