// Regret probes, folded, in the phases that look back: the kit keeps them for all areas together.
import { Prose } from "../../kit/parts";
import { useDesk } from "../desk/desk";

export function Regrets() {
  const { kit, at } = useDesk();
  // The id is fixed by the kit's format: every area looks back in its last phase but one.
  if (!at.id.endsWith("/looking-back") || kit.regret_probes.length === 0) return null;
  return (
    <details className="fold section">
      <summary>
        Regret probes <span className="muted small">{kit.regret_probes.length}</span>
      </summary>
      {kit.regret_probes.map((one) => (
        <div className="probe" key={one.id}>
          <p className="pretty" dir="auto">
            {one.ask}
          </p>
          <dl className="sounds small">
            <dt>lived</dt>
            <dd dir="auto">{one.experience}</dd>
            <dt>absent</dt>
            <dd dir="auto">{one.absence}</dd>
          </dl>
        </div>
      ))}
      <Prose className="small muted" text={kit.regret_reading} />
    </details>
  );
}
