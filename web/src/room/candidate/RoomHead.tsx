// The bar of the candidate's room: what it is, the clock, who is here, how much time is left, Pause.
import { useKeyName } from "../../shared/keys/useKeys";
import { keyLabel } from "../../shared/keys/match";
import { Refusals } from "../parts";
import { RoomClock, TimeLeft } from "../RoomClock";
import { useRoom, useSession } from "../session/hooks";
import { SpeedChoice } from "../SpeedChoice";

export interface Leave {
  words: string;
  go: () => void;
}

interface Props {
  onBrief: () => void;
  /** How many pieces of material are shown. */
  shown: number;
  onShown: () => void;
  /** Whoever is alone here begins, and sets the speed. */
  alone: boolean;
  /** The way out to where the candidate came from. */
  leave?: Leave;
}

export function RoomHead({ onBrief, shown, onShown, alone, leave }: Props) {
  const title = useRoom((state) => state.hello.title);
  const ended = useRoom((state) => state.clock.ended);
  const briefKey = useKeyName({ id: "room.brief", key: "b" });
  return (
    <header className="rm-bar">
      <div className="rm-bar-title">
        <h1 dir="auto">{title}</h1>
        <button type="button" className="muted rm-quietly" onClick={onBrief}>
          {ended ? "the brief, and what is kept of this" : "brief"} {briefKey && <span className="mono">{keyLabel(briefKey)}</span>}
        </button>
        {shown > 0 && (
          <button type="button" className="link" onClick={onShown}>
            shown to you
          </button>
        )}
        {leave && (
          <button type="button" className="link" onClick={leave.go}>
            {leave.words}
          </button>
        )}
      </div>
      <RoomClock speed={alone ? <SpeedChoice may /> : undefined} />
      <div className="rm-bar-end">
        <Here />
        <TimeLeft />
        <PauseButton alone={alone} />
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

function PauseButton({ alone }: { alone: boolean }) {
  const session = useSession();
  const running = useRoom((state) => state.clock.running);
  // Who may pause may go on; beginning is the interviewers' part.
  const begun = useRoom((state) => state.clock.running || state.clock.v > state.hello.opens);
  const ended = useRoom((state) => state.clock.ended);
  if (ended || !(begun || alone)) return null;
  return (
    <button type="button" className="link rm-act rm-pause" onClick={() => session.send("clock", { kind: running ? "pause" : "resume" })}>
      {running ? "Pause" : begun ? "Go on" : "Let it run"}
    </button>
  );
}
