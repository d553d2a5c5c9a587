// The four keys of a phone: what one does most while talking, in reach of a thumb.
import { useSyncExternalStore } from "react";
import { clock } from "../../shared/time";
import { heard } from "../record/fold";
import { useDesk, useView } from "./desk";

export function Touch() {
  const { draft, area, me, deeds, at, open, may_write, chosen, choose } = useDesk();
  const view = useView();
  const note = useSyncExternalStore(draft.subscribe, draft.snapshot, draft.snapshot);
  const { state } = view.clock;
  if (!may_write || state === "planned") return null;
  const under_way = state !== "ended";
  const there = heard(view.rows, area.id, me.id);
  const fits = view.relevant.filter((one) => one.area === area.id);
  const next = fits[Math.min(chosen, fits.length - 1)];
  const hint = deeds.nextHint(at);
  return (
    <div className="touch" role="toolbar" aria-label="Marks">
      <button type="button" className="go" onClick={() => open("note")}>
        Note
        <small>{note.at_ms === null ? "new" : clock(note.at_ms)}</small>
      </button>
      <button type="button" onClick={() => open("signals")}>
        Signal
        <small>
          {there.size} of {area.signals.length}
        </small>
      </button>
      <button
        type="button"
        disabled={!under_way || !next}
        onClick={() => {
          if (next) deeds.ask(next.area, next.follow_up);
          choose(0);
        }}
      >
        Asked
        <small>{next ? "the next" : "none fits"}</small>
      </button>
      <button type="button" disabled={!under_way || hint === null} onClick={() => deeds.hint(at)}>
        Hint
        <small>{hint === null ? "all given" : `${hint} of ${at.hints.length}`}</small>
      </button>
    </div>
  );
}
