// Three hints a phase, from faint to plain, the same for every candidate; given in order.
import { Kbd } from "../../shared/Kbd";
import { useKeyName } from "../../shared/keys/useKeys";
import { clock } from "../../shared/time";
import { HINT_KEY } from "../desk/deskKeys";
import { useDesk, useView } from "../desk/desk";
import { firsts } from "../record/fold";

export function Hints() {
  const { at, deeds, may_write } = useDesk();
  const { rows, clock: now } = useView();
  const keyName = useKeyName(HINT_KEY);
  if (at.hints.length === 0) return null;
  const given = firsts(rows, (row) =>
    row.body.kind === "hint" && row.body.phase === at.id ? String(row.body.number) : null,
  );
  const next = deeds.nextHint(at);
  const may = may_write && (now.state === "running" || now.state === "paused");
  return (
    <>
      <div className="region-head section">
        <h2>Hints</h2>
        <span className="muted small">the same three for everyone</span>
        <span className="end">{keyName && <Kbd name={keyName} />}</span>
      </div>
      <ol className="hints">
        {at.hints.map((text, place) => {
          const number = place + 1;
          const when = given.get(String(number));
          return (
            <li key={number} data-given={when !== undefined || undefined}>
              <span className="muted">{number}</span>
              <span dir="auto">{text}</span>
              {when ? (
                <span className="small muted nowrap">given {clock(when.at_ms)}</span>
              ) : (
                may &&
                number === next && (
                  <button type="button" className="link small" onClick={() => deeds.hint(at)}>
                    give<span className="vh"> hint {number}</span>
                  </button>
                )
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}
