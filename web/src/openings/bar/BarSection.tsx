// The bar of an opening: first on its page, since everything after is measured by it.
import { useState } from "react";
import type { BarLine, Kit, Opening } from "../../api/types";
import { LevelMark } from "../../shared/marks";
import { count, fullTime, longDate } from "../../shared/time";
import { BarForm } from "./BarForm";
import { BarTable } from "./BarTable";

export function BarSection({ opening, kit }: { opening: Opening; kit: Kit }) {
  const { bar, can_edit } = opening;
  const [editing, setEditing] = useState(false);
  const unwritten = bar.written_at === null;
  const by = bar.written_by ? ` by ${bar.written_by}` : "";
  const times = bar.changes.length === 1 ? "once" : `${bar.changes.length} times`;
  const changed = bar.changes.length > 0 ? `, changed ${times}` : "";
  return (
    <section aria-labelledby="bar" className="opening-part">
      <div className="head">
        <h2 id="bar">1 Bar</h2>
        <span className="muted">
          {bar.written_at
            ? `written ${longDate(bar.written_at)}${by}${changed}`
            : "not written yet: what stands here is the role pack’s proposal"}
        </span>
        {!unwritten && can_edit && !editing && (
          <button type="button" className="link" onClick={() => setEditing(true)}>
            Change it, with a reason
          </button>
        )}
      </div>
      {can_edit && (unwritten || editing) ? (
        <BarForm key={bar.changes.length} opening={opening} kit={kit} onDone={unwritten ? null : () => setEditing(false)} />
      ) : (
        <>
          <BarTable lines={bar.lines} kit={kit} />
          {bar.rules.length > 0 && (
            <ul className="bar-rule-list">
              {bar.rules.map((rule) => (
                <li key={rule} className="prose" dir="auto">
                  {rule}
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      {bar.changes.length > 0 && (
        <details className="bar-changes">
          <summary className="link">{count(bar.changes.length, "change")} since it was written</summary>
          <ol>
            {bar.changes.map((change) => (
              <li key={change.at}>
                <p>
                  <b className="prose" dir="auto">
                    {change.reason}
                  </b>{" "}
                  <span className="muted">
                    {change.by}, {fullTime(change.at)}
                  </span>
                </p>
                <Change before={change.before} after={change.after} kit={kit} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function Change({ before, after, kit }: { before: BarLine[]; after: BarLine[]; kit: Kit }) {
  const lines = after.flatMap((now) => {
    const was = before.find((one) => one.area === now.area);
    return was && was.level === now.level && was.reason === now.reason ? [] : [{ was, now }];
  });
  if (lines.length === 0) return <p className="muted">The rules between lines changed; no line did.</p>;
  return (
    <table className="bar-change">
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ was, now }) => (
          <tr key={now.area}>
            <th scope="row">{kit.areas.find((area) => area.id === now.area)?.short ?? now.area}</th>
            {[was, now].map((one, i) => (
              <td key={i}>
                {one?.level ? <LevelMark level={one.level} /> : <span className="muted">no bar</span>}
                <span className="muted prose bar-change-why" dir="auto">
                  {one?.reason}
                </span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
