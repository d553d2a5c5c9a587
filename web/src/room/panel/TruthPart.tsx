// What is true, for the panel alone.
import { keyLabel } from "../../shared/keys/match";
import { useKeyName } from "../../shared/keys/useKeys";
import { useRoom } from "../session/hooks";
import { TruthTable } from "../TruthTable";
import { ReplayLink } from "./ReplayLink";

export const TRUTH_KEY = { id: "room.truth", key: "t" };

export function TruthPart({ onFold }: { onFold: () => void }) {
  const truth = useRoom((state) => state.truth);
  const key = useKeyName(TRUTH_KEY);
  return (
    <section className="rm-side" aria-labelledby="rm-truth">
      <div className="rm-head">
        <h2 id="rm-truth">Truth</h2>
        <span className="panel-only small">panel only</span>
        <ReplayLink />
        <button type="button" className="link small rm-head-end" onClick={onFold}>
          fold {key && <span className="mono">{keyLabel(key)}</span>}
        </button>
      </div>
      {!truth ? (
        <p className="rm-line muted">Nothing has been judged yet.</p>
      ) : (
        <TruthTable truth={truth} title="Against what they can see" />
      )}
    </section>
  );
}
