// The truth for the candidate too, at the end and for three minutes: offered once a level is pencilled, so that it moves no level.
import { useSyncExternalStore } from "react";
import { useDesk, useView } from "../../interview/desk/desk";
import { keyLabel } from "../../shared/keys/match";
import { useKeyName } from "../../shared/keys/useKeys";
import { clock } from "../../system/format";
import { useRoom, useSession } from "../session/hooks";
import { useReveal, useRevealEnds } from "./reveal";

export const REVEAL_KEY = { id: "room.reveal", key: "o" };

/** Whether somebody who watches this room has pencilled a level here. */
export function usePencilled(): boolean {
  const { pencil } = useDesk();
  const { levels } = useSyncExternalStore(pencil.subscribe, pencil.view, pencil.view);
  return Object.values(levels).some((level) => level !== null);
}

export function RevealPart() {
  const session = useSession();
  const { may_write } = useDesk();
  const { clock: held } = useView();
  const pencilled = usePencilled();
  const begun = useRoom((state) => state.clock.v > state.hello.opens);
  const ended = useRoom((state) => state.clock.ended);
  const key = useKeyName(REVEAL_KEY);
  const reveal = useReveal();
  useRevealEnds();
  if (!may_write || held.state === "planned") return null;
  if (reveal) {
    const ends = reveal.ends.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    return (
      <div className="rm-reveal">
        <b>The candidate sees what is true</b>
        <span className="muted">
          until {ends}; {clock(reveal.left_ms)} left
        </span>
        <button type="button" className="link" onClick={() => session.send("clock", { kind: "reveal", on: false })}>
          Close it now {key && <span className="mono">{keyLabel(key)}</span>}
        </button>
      </div>
    );
  }
  if (!begun || !pencilled || ended) return null;
  return (
    <div className="rm-reveal">
      <span className="muted">Levels are pencilled.</span>
      <button type="button" className="link" onClick={() => session.send("clock", { kind: "reveal", on: true })}>
        Show the candidate what is true, for three minutes {key && <span className="mono">{keyLabel(key)}</span>}
      </button>
    </div>
  );
}
