// What is worrying to hear: a reason to ask on, never a verdict, and in no colour. What to ask then
// appears once it was heard.
import { quoted } from "../../kit/parts";
import { clock } from "../../shared/time";
import { useDesk, useView } from "../desk/desk";
import { firsts } from "../record/fold";

export function RedFlags() {
  const { area, deeds, may_write } = useDesk();
  const { rows, clock: now } = useView();
  if (area.red_flags.length === 0) return null;
  const may = may_write && now.state !== "planned";
  const there = firsts(rows, (row) =>
    row.body.kind === "red_flag" && row.body.area === area.id ? row.body.red_flag : null,
  );
  return (
    <>
      <div className="region-head section">
        <h2>Worrying to hear</h2>
      </div>
      <ul className="flags">
        {area.red_flags.map((flag) => {
          const when = there.get(flag.id);
          return (
            <li key={flag.id} data-heard={when !== undefined || undefined}>
              <p className="flag-says" dir="auto">
                {quoted(flag.says)}
              </p>
              {when ? (
                <span className="small nowrap">
                  heard <b>{clock(when.at_ms)}</b>
                </span>
              ) : (
                may && (
                  <button type="button" className="link small" onClick={() => deeds.flag(area.id, flag.id)}>
                    heard<span className="vh">: {flag.says}</span>
                  </button>
                )
              )}
              {when && (
                <p className="flag-ask small muted pretty" dir="auto">
                  Then ask: {flag.ask_then}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
