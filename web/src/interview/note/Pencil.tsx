// The levels a person pencils while listening: theirs alone, outside the record, one line an area.
import { useId, useSyncExternalStore, type KeyboardEvent } from "react";
import { LevelMark } from "../../shared/marks";
import { Kbd } from "../../shared/Kbd";
import { useKeyName } from "../../shared/keys/useKeys";
import { LEVEL_KEY } from "../desk/deskKeys";
import { useDesk, useView } from "../desk/desk";
import { PENCIL } from "./focus";
import type { Pencilled } from "./pencil";

const CHOICES: readonly Exclude<Pencilled, null>[] = ["weak", "good", "excellent", "not_assessed"];

export function Pencil() {
  const { interview, area, pencil } = useDesk();
  const view = useSyncExternalStore(pencil.subscribe, pencil.view, pencil.view);
  const keyName = useKeyName(LEVEL_KEY);
  return (
    <section className="pencil" id={PENCIL} aria-labelledby="pencil-title">
      <div className="region-head">
        <h2 id="pencil-title">Pencilled</h2>
        <span className="muted small mid-gone">yours alone, and not in the record</span>
        <span className="end small muted">
          {view.refused ? `not kept: ${view.refused}` : view.waiting.length > 0 && <span className="late">not sent yet</span>}{" "}
          {keyName && <Kbd name={keyName} />}
        </span>
      </div>
      {interview.areas.map((id) => (
        <Line key={id} id={id} current={id === area.id} value={view.levels[id] ?? null} />
      ))}
    </section>
  );
}

function Line({ id, current, value }: { id: string; current: boolean; value: Pencilled }) {
  const { kit, pencil, may_write } = useDesk();
  const { clock: now } = useView();
  const name = useId();
  const area = kit.areas.find((one) => one.id === id);
  const set = (level: Pencilled) => pencil.set(id, level);
  // Inside this line the digits are levels, as on the scorecard; elsewhere they are signals.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const choice = { "1": "weak", "2": "good", "3": "excellent", "0": "not_assessed" }[event.key];
    if (choice) set(choice as Pencilled);
    else if (event.key === "Backspace" || event.key === "Delete") set(null);
    else if (event.key === "Escape") (event.target as HTMLElement).blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
  };
  return (
    <fieldset className="pencil-line" data-current={current || undefined} disabled={!may_write || now.state === "planned"} onKeyDown={onKeyDown}>
      <legend>{area?.short ?? id}</legend>
      <div className="words levels">
        {CHOICES.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name={name}
              checked={value === choice}
              onChange={() => set(choice)}
              onClick={() => value === choice && set(null)}
            />
            <LevelMark level={choice === "not_assessed" ? null : choice} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}
