// Messages that were put aside, as they lay there at the moment of the replay. To read; nothing goes back from here.
import { useEffect } from "react";
import { Loading } from "../shared/states";
import { count } from "../system/format";
import { useClock } from "../room/parts";
import { useRoom, useTicking } from "../room/session/hooks";
import { useRead } from "../room/workbench/useRead";
import type { DeadLetters } from "../room/wire";
import { useReplaySession } from "./context";

/** As many as somebody reads before they decide. */
const READ = 12;

export function Letters({ groups, data, error }: ReturnType<typeof useLetters>) {
  const session = useReplaySession();
  const at = useClock();
  if (error) return <p className="rm-line">{error}</p>;
  if (!data) return <Loading what="Fetching the dead letters" />;
  const aside = data.filter((one) => one.total > 0);
  if (aside.length === 0)
    return (
      <p className="rm-quiet muted">
        Nothing of {groups.join(" and ")} lies aside at {at(session.film.v())}.
      </p>
    );
  return aside.map((one) => (
    <section key={one.group} className="rp-letters" aria-label={`Dead letters of ${one.group}`}>
      <p className="rm-line">
        <b>{count(one.total)}</b> put aside by {one.group}
        {one.list.length > READ && <span className="muted">; the oldest {READ}:</span>}
      </p>
      <table className="small">
        <thead>
          <tr>
            <th scope="col">Letter</th>
            <th scope="col">Tried</th>
            <th scope="col">Put aside</th>
          </tr>
        </thead>
        <tbody>
          {one.list.slice(0, READ).map((letter) => (
            <tr key={letter.number}>
              <td dir="auto">{letter.readable ? letter.fields.map(([name, words]) => `${name} ${words}`).join(", ") : "cannot be read"}</td>
              <td>
                {letter.failures} ×, {letter.why}
              </td>
              <td>{at(letter.parked)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  ));
}

/** Of all groups that put messages aside, read again wherever the film comes to stand. */
export function useLetters() {
  const session = useReplaySession();
  const defs = useRoom((state) => state.hello.moves);
  const asks = defs.flatMap((def) => def.asks);
  const groups = [...new Set(asks.flatMap((ask) => (ask.arg === "dead_letters" ? ask.groups : [])))];
  const { data, error, follow } = useRead<DeadLetters[]>();
  const moment = useTicking(() => {
    const { playing } = session.film.state();
    return playing ? Math.floor(session.film.v() / 2e9) * 2e9 : session.film.v();
  });
  const wanted = groups.join(" ");
  useEffect(() => {
    follow(wanted, () => Promise.all(groups.map((group) => session.api.dead(group))));
  }, [wanted, moment, follow, session]);
  return { groups, data, error };
}
