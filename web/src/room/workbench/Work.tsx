// One of five at a time: decisions, moves, traces, logs, the pad.
import { type KeyboardEvent, useRef } from "react";
import { keyLabel } from "../../shared/keys/match";
import { useKeyName } from "../../shared/keys/useKeys";
import { PANELS, type PanelName, useUi, useUiStore } from "../ui";
import { Decisions } from "./Decisions";
import { Logs } from "./Logs";
import { Moves } from "./Moves";
import { PadPanel } from "./PadPanel";
import { Traces } from "./Traces";
import "./work.css";

export const panelKey = (place: number) => ({ id: `room.panel-${place + 1}`, key: String(place + 1) });

export function Work() {
  const panel = useUi((ui) => ui.panel);
  const ui = useUiStore();
  const tabs = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const place = PANELS.findIndex((one) => one.name === panel);
    const next = PANELS[(place + by + PANELS.length) % PANELS.length];
    if (!next) return;
    ui.set({ panel: next.name });
    tabs.current?.querySelector<HTMLElement>(`#rm-tab-${next.name}`)?.focus();
  };
  return (
    <section className="rm-work" aria-label="Work">
      <div className="rm-tabs" role="tablist" aria-label="Work" ref={tabs} onKeyDown={move}>
        {PANELS.map(({ name, title }, place) => (
          <Tab key={name} name={name} title={title} place={place} on={panel === name} onPick={() => ui.set({ panel: name })} />
        ))}
      </div>
      <div className="rm-panel" role="tabpanel" id="rm-panel" tabIndex={0} aria-labelledby={`rm-tab-${panel}`}>
        {panel === "decisions" && <Decisions />}
        {panel === "moves" && <Moves />}
        {panel === "traces" && <Traces />}
        {panel === "logs" && <Logs />}
        {panel === "pad" && <PadPanel />}
      </div>
    </section>
  );
}

function Tab({ name, title, place, on, onPick }: { name: PanelName; title: string; place: number; on: boolean; onPick: () => void }) {
  const key = useKeyName(panelKey(place));
  return (
    <button type="button" role="tab" id={`rm-tab-${name}`} aria-selected={on} aria-controls="rm-panel" tabIndex={on ? 0 : -1} onClick={onPick}>
      {key && <kbd>{keyLabel(key)}</kbd>}
      {title}
    </button>
  );
}
