// The line at the foot: the connection, what is sent and what is not, and where the keys are.
import { openKeys } from "../shared/keys/open";
import { keyLabel } from "../shared/keys/match";
import { useClock } from "./parts";
import { useLine, useOutbox, useRoom } from "./session/hooks";
import type { LineNow } from "./session/state";

export function lineWords({ state, was_lost, gone }: LineNow): { text: string; trouble: boolean } {
  if (gone !== null) return { text: gone, trouble: true };
  if (state === "lost" || (state === "connecting" && was_lost)) return { text: "Connection lost; trying again.", trouble: true };
  if (state === "connecting") return { text: "Connecting", trouble: false };
  return { text: was_lost ? "Back, nothing was lost" : "Connected", trouble: false };
}

export function LineWords() {
  const { text, trouble } = lineWords(useLine());
  return (
    <span className={trouble ? "rm-trouble" : undefined} role="status">
      {text}
    </span>
  );
}

export function SentWords() {
  const { waiting, unreachable } = useOutbox();
  const marks = useRoom((state) => state.marks);
  const at = useClock();
  if (waiting > 0 && unreachable) return <span className="rm-trouble">{waiting} kept here, sent when the server answers</span>;
  if (waiting > 0) return <span className="rm-late">Sending {waiting}</span>;
  const last = marks.findLast((one) => one.kind === "decision" || one.kind === "move" || one.kind === "reply" || one.kind === "answer");
  return <span>{last ? `Saved ${at(last.v)}` : ""}</span>;
}

export function RoomFoot() {
  return (
    <footer className="rm-foot">
      <LineWords />
      <SentWords />
      <button type="button" className="rm-keys" onClick={openKeys}>
        Keys {keyLabel("?")}
      </button>
    </footer>
  );
}
