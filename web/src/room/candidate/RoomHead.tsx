// The bar of the candidate's room: what it is, the clock, who is here, how much time is left, Pause.
import { useKeyName } from "../../shared/keys/useKeys";
import { keyLabel } from "../../shared/keys/match";
import { Refusals } from "../parts";
import { RoomClock, TimeLeft } from "../RoomClock";
import { useRoom, useSession } from "../session/hooks";

interface Props {
  onBrief: () => void;
  /** How many pieces of material are shown. */
  shown: number;
  onShown: () => void;
}

export function RoomHead({ onBrief, shown, onShown }: Props) {
  const title = useRoom((state) => state.hello.title);
  const briefKey = useKeyName({ id: "room.brief", key: "b" });
  return (
    <header className="rm-bar">
      <div className="rm-bar-title">
        <h1 dir="auto">{title}</h1>
        <button type="button" className="muted rm-quietly" onClick={onBrief}>
          brief {briefKey && <span className="mono">{keyLabel(briefKey)}</span>}
        </button>
        {shown > 0 && (
          <button type="button" className="link" onClick={onShown}>
            shown to you
          </button>
        )}
      </div>
      <RoomClock />
      <div className="rm-bar-end">
        <Here />
        <TimeLeft />
        <PauseButton />
      </div>
      <Refusals place="clock" />
    </header>
  );
}

function Here() {
  const present = useRoom((state) => state.present);
  const names = present.filter((one) => !one.silent).map((one) => (one.candidate ? "you" : one.name));
  names.sort((a, b) => Number(b === "you") - Number(a === "you"));
  return (
    <span className="muted rm-here" dir="auto">
      {names.length > 0 ? `Here: ${names.join(", ")}` : ""}
    </span>
  );
}

function PauseButton() {
  const session = useSession();
  const running = useRoom((state) => state.clock.running);
  // Who may pause may go on; beginning is the interviewers' part.
  const under_way = useRoom((state) => !state.clock.ended && (state.clock.running || state.clock.v > state.hello.opens));
  if (!under_way) return null;
  return (
    <button type="button" className="link rm-act rm-pause" onClick={() => session.send("clock", { kind: running ? "pause" : "resume" })}>
      {running ? "Pause" : "Go on"}
    </button>
  );
}
