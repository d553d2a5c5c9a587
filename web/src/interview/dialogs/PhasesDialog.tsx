// The agenda as a list: every phase of every area, how long it took, and the way there. On a phone
// the strip opens it; elsewhere it reaches the phases that were skipped.
import { Dialog } from "../../shared/Dialog";
import { clock } from "../../shared/time";
import { useDesk, useView } from "../desk/desk";
import { firsts } from "../record/fold";

export function PhasesDialog() {
  const { interview, kit, look, open, deeds, may_write, at } = useDesk();
  const { rows, clock: now } = useView();
  const entered = firsts(rows, (row) => (row.body.kind === "phase" ? row.body.phase : null));
  const movable = may_write && (now.state === "running" || now.state === "paused");
  return (
    <Dialog open onClose={() => open(null)} title="Phases">
      {interview.areas.map((id) => {
        const area = kit.areas.find((one) => one.id === id);
        return (
          <section key={id} aria-label={area?.short ?? id}>
            {interview.areas.length > 1 && <h3 className="phases-area">{area?.title ?? id}</h3>}
            <ol className="phases">
              {interview.agenda
                .filter((phase) => phase.area === id)
                .map((phase) => {
                  const when = entered.get(phase.id);
                  const current = phase.id === now.phase;
                  return (
                    <li key={phase.id} aria-current={current ? "step" : undefined}>
                      <span className="phases-name">
                        {phase.title} <span className="muted small">{phase.minutes} min</span>
                        {when && <span className="muted small"> from {clock(when.at_ms)}</span>}
                        {current && <b className="small"> now</b>}
                      </span>
                      {phase.id !== at.id && (
                        <button
                          type="button"
                          className="link"
                          onClick={() => {
                            look(current ? null : phase.id);
                            open(null);
                          }}
                        >
                          look<span className="vh"> at {phase.title}</span>
                        </button>
                      )}
                      {movable && !current && (
                        <button
                          type="button"
                          className="link"
                          onClick={() => {
                            deeds.enter(phase);
                            look(null);
                            open(null);
                          }}
                        >
                          move here<span className="vh">: {phase.title}</span>
                        </button>
                      )}
                    </li>
                  );
                })}
            </ol>
          </section>
        );
      })}
    </Dialog>
  );
}
