// The letters that a group put aside: looked at one by one, chosen one by one, by the same reason, or all of them.
import { useEffect, useState } from "react";
import { count } from "../../system/format";
import { useClock } from "../parts";
import { useSession } from "../session/hooks";
import { findTraces, useUiStore } from "../ui";
import type { DeadLetters as Dead } from "../wire";
import { useRead } from "./useRead";

export type Letters = number[] | "all";

interface Props {
  groups: string[];
  value: Letters;
  onChange: (value: Letters) => void;
}

export function DeadLetters({ groups, value, onChange }: Props) {
  const [group, pick] = useState(groups[0] ?? "");
  const session = useSession();
  const ui = useUiStore();
  const at = useClock();
  const { data, error, busy, read } = useRead<Dead>();
  const [inspected, inspect] = useState<number | null>(null);
  const ask = () => read(() => session.api.dead(group));
  useEffect(ask, [group]);
  if (!data) {
    return (
      <p className="small muted" role="status">
        {error ?? (busy ? "Fetching the dead letters …" : "")}{" "}
        {error && (
          <button type="button" className="link" onClick={ask}>
            Try again
          </button>
        )}
      </p>
    );
  }
  const all = value === "all";
  const chosen = new Set(all ? [] : value);
  const toggle = (numbers: number[], on: boolean) => {
    const next = new Set(chosen);
    for (const one of numbers) {
      if (on) next.add(one);
      else next.delete(one);
    }
    onChange([...next].sort((a, b) => a - b));
  };
  const reasons = new Map<string, number[]>();
  for (const one of data.list) reasons.set(one.why, [...(reasons.get(one.why) ?? []), one.number]);
  return (
    <fieldset className="rm-dead">
      <legend>
        Dead letters of{" "}
        {groups.length === 1 ? (
          group
        ) : (
          <select className="input rm-short" aria-label="Group" value={group} onChange={(event) => pick(event.target.value)}>
            {groups.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        )}
        : {count(data.total)}
        {data.list.length < data.total && <span className="muted small"> the first {data.list.length} are listed</span>}
      </legend>
      <div className="rm-choices">
        <label>
          <input type="radio" name={`dead ${group}`} checked={!all} onChange={() => onChange([])} /> Those chosen{" "}
          <span className="muted">({chosen.size})</span>
        </label>
        <label>
          <input type="radio" name={`dead ${group}`} checked={all} onChange={() => onChange("all")} /> All that there are
        </label>
        <button type="button" className="link small" onClick={ask}>
          {busy ? "Looking …" : "Look again"}
        </button>
      </div>
      {!all && reasons.size > 1 && (
        <ul className="rm-reasons small">
          {[...reasons].map(([why, numbers]) => {
            const on = numbers.every((one) => chosen.has(one));
            return (
              <li key={why}>
                <label>
                  <input type="checkbox" checked={on} onChange={() => toggle(numbers, !on)} /> {numbers.length} × <span dir="auto">{why}</span>
                </label>
              </li>
            );
          })}
        </ul>
      )}
      {data.total === 0 && <p className="muted">None of {group} has been put aside.</p>}
      <div className="rm-dead-list" hidden={data.total === 0} tabIndex={0} role="group" aria-label={`Dead letters of ${group}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="vh">Choose</span>
              </th>
              <th scope="col">Letter</th>
              <th scope="col">Key</th>
              <th scope="col">Tried</th>
              <th scope="col">Put aside</th>
            </tr>
          </thead>
          <tbody>
            {data.list.map((one) => [
              <tr key={one.number} className={all || chosen.has(one.number) ? "on" : undefined}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Choose letter ${one.number}`}
                    disabled={all}
                    checked={all || chosen.has(one.number)}
                    onChange={(event) => toggle([one.number], event.target.checked)}
                  />
                </td>
                <td>
                  <button
                    type="button"
                    aria-expanded={inspected === one.number}
                    className="rm-letter"
                    onClick={() => inspect(inspected === one.number ? null : one.number)}
                  >
                    {one.readable ? one.fields.map(([name, words]) => `${name} ${words}`).join(", ") : "cannot be read"}
                  </button>
                </td>
                <td>
                  {one.key && (
                    <button type="button" className="link mono" onClick={() => findTraces(ui, one.key ?? "")}>
                      {one.key}
                    </button>
                  )}
                </td>
                <td>
                  {one.failures} ×{one.put_back > 0 && <span className="muted">, put back {one.put_back} ×</span>}
                </td>
                <td>{at(one.parked)}</td>
              </tr>,
              inspected === one.number && (
                <tr key={`${one.number} why`} className="rm-why">
                  <td />
                  <td colSpan={4} dir="auto">
                    Partition {one.partition}, published at {at(one.published)}. The last failure: {one.why}.
                  </td>
                </tr>
              ),
            ])}
          </tbody>
        </table>
      </div>
    </fieldset>
  );
}
