// What is true beside what the candidate can see, as pairs on one line, so that the gap is read across.
import { useState } from "react";
import { keyLabel } from "../../shared/keys/match";
import { useKeyName } from "../../shared/keys/useKeys";
import { count } from "../../system/format";
import { Sign } from "../parts";
import { useRoom } from "../session/hooks";
import { money } from "../strips/figures";

export const TRUTH_KEY = { id: "room.truth", key: "t" };

export function TruthPart({ onFold }: { onFold: () => void }) {
  const truth = useRoom((state) => state.truth);
  const coin = useRoom((state) => state.hello);
  const key = useKeyName(TRUTH_KEY);
  const [opened, open] = useState<string | null>(null);
  return (
    <section className="rm-side" aria-labelledby="rm-truth">
      <div className="rm-head">
        <h2 id="rm-truth">Truth</h2>
        <span className="panel-only small">panel only</span>
        <button type="button" className="link small rm-head-end" onClick={onFold}>
          fold {key && <span className="mono">{keyLabel(key)}</span>}
        </button>
      </div>
      {!truth ? (
        <p className="rm-line muted">Nothing has been judged yet.</p>
      ) : (
        <table className="rm-truth">
          <thead>
            <tr>
              <th scope="col">Against what they can see</th>
              <th scope="col">true</th>
              <th scope="col">visible</th>
            </tr>
          </thead>
          <tbody>
            {truth.rows.map((row) => [
              <tr key={row.promise} className={row.count > 0 ? (row.harms ? "harm" : "wrong") : undefined}>
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
                  {row.count > 0 && <Sign is={row.harms ? "diamond" : "up"} />} <b>{count(row.count)}</b>
                </td>
                <td className="muted" dir="auto">
                  {row.visible_words || count(row.visible)}
                </td>
              </tr>,
              opened === row.promise && (
                <tr key={`${row.promise} who`}>
                  <td colSpan={3} className="rm-who small">
                    {row.who.map((one) => one.what).join(", ")}
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
      )}
    </section>
  );
}
