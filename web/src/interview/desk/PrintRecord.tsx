// The interview's record on paper: who, when, what was heard, and every entry in order. On screen it
// is not there at all.
import { clock, fullTime } from "../../shared/time";
import { kindWord, What } from "../note/Log";
import { heard } from "../record/fold";
import { initialsOf, useDesk, useView } from "./desk";

export function PrintRecord() {
  const { interview, kit, me } = useDesk();
  const view = useView();
  const rows = view.rows.filter((row) => !row.withdrawn && kindWord(row) !== "");
  const several = new Set(rows.map((row) => row.who)).size > 1;
  return (
    <article className="print-only printed">
      <header>
        <h1 dir="auto">{interview.title}</h1>
        <p dir="auto">
          Candidate {interview.code}
          {interview.opening && `, for ${interview.opening.title}, ${interview.opening.team}`}
          {view.live.started_at && `. Held ${fullTime(view.live.started_at)}`}, {clock(view.clock.base_ms)} of{" "}
          {interview.minutes_planned} minutes.
        </p>
        <p dir="auto">
          {interview.people.map((one) => `${one.person.name} (${one.person.initials}${one.part === "shadow" ? ", shadow" : ""})`).join(", ")}
        </p>
        <p>Kit {interview.kit_hash}. {view.waiting > 0 && `${view.waiting} entries were not sent yet when this was printed.`}</p>
      </header>
      {interview.areas.map((id) => {
        const area = kit.areas.find((one) => one.id === id);
        const there = heard(view.rows, id, me.id);
        return (
          area && (
            <section key={id}>
              <h2>Signals: {area.title}</h2>
              <table className="printed-signals">
                <tbody>
                  {area.signals.map((signal, place) => {
                    const one = there.get(signal.id);
                    return (
                      <tr key={signal.id}>
                        <td>{place + 1}</td>
                        <td>{signal.text}</td>
                        <td>{one ? `${clock(one.at_ms)} ${one.prompted ? "prompted" : "unprompted"}` : "not heard"}</td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </section>
          )
        );
      })}
      <section>
        <h2>Record</h2>
        <table>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>{clock(row.at_ms)}</td>
                <td>
                  {kindWord(row)}
                  {several && ` ${row.who === me.id ? me.initials : initialsOf(interview, view, row.who).initials}`}
                </td>
                <td>
                  <What row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </article>
  );
}
