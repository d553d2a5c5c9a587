// What to hear: the area's signals by number, and what is worrying to hear.
import { Kbd } from "../../shared/Kbd";
import { useKeyName } from "../../shared/keys/useKeys";
import { FLIP_KEY } from "../desk/deskKeys";
import { scrolls, useDesk, useView, useMedia, WIDE } from "../desk/desk";
import { heard } from "../record/fold";
import { RedFlags } from "./RedFlags";
import { Signals } from "./Signals";

export function ListenRegion() {
  const { area, interview } = useDesk();
  const wide = useMedia(WIDE);
  return (
    <section className="region listen" aria-labelledby="listen-title" {...scrolls}>
      <div className="region-head">
        <h2 id="listen-title">Listen for</h2>
        {interview.areas.length > 1 && (
          <span className="muted small" dir="auto">
            {area.short}
          </span>
        )}
        <HeardCount />
      </div>
      <Signals form={wide ? "text" : "short"} />
      <Legend />
      <RedFlags />
    </section>
  );
}

export function HeardCount() {
  const { area, me } = useDesk();
  const { rows } = useView();
  return (
    <span className="muted small end">
      {heard(rows, area.id, me.id).size} of {area.signals.length} heard
    </span>
  );
}

export function Legend() {
  const keyName = useKeyName(FLIP_KEY);
  return (
    <p className="legend small muted">
      <span>
        <kbd className="sig-key" data-heard="unprompted">
          n
        </kbd>{" "}
        unprompted
      </span>
      <span>
        <kbd className="sig-key" data-heard="prompted">
          n
        </kbd>{" "}
        prompted
      </span>
      {keyName && (
        <span className="end mid-gone">
          <Kbd name={keyName} /> flips the last
        </span>
      )}
    </p>
  );
}
