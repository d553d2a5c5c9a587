// The bar of the interviewer's room: what and who, the clock with its speed, who watches, what is left, Pause.
import { Link } from "react-router";
import { Saved } from "../../interview/desk/Saved";
import { More } from "../../interview/desk/Head";
import { useDesk, useView } from "../../interview/desk/desk";
import { CLOCK_KEY } from "../../interview/desk/deskKeys";
import { Mark } from "../../shared/Bar";
import { keyLabel } from "../../shared/keys/match";
import { useKeyName } from "../../shared/keys/useKeys";
import { Refusals } from "../parts";
import { RoomClock, TimeLeft } from "../RoomClock";
import { useRoom } from "../session/hooks";
import { SpeedChoice } from "../SpeedChoice";
import { useActs } from "./acts";

export function PanelHead() {
  const title = useRoom((state) => state.hello.title);
  const { interview } = useDesk();
  const acts = useActs();
  return (
    <header className="rm-bar">
      <div className="rm-bar-title">
        <Link to="/" className="rm-home">
          <Mark />
          <span className="vh">Seatrial, to the start page</span>
        </Link>
        <h1 dir="auto">{title}</h1>
        <span className="muted rm-secret rm-about" dir="auto">
          {[interview.candidate_name || `candidate ${interview.code}`, interview.opening?.seniority_title].filter(Boolean).join(", ")}
        </span>
      </div>
      <RoomClock speed={<SpeedChoice may={acts} />} />
      <div className="rm-bar-end">
        <Watch />
        <span className="rm-secret">
          <Saved />
        </span>
        <TimeLeft />
        <PauseButton />
        <span className="rm-secret">
          <More />
        </span>
      </div>
      <Refusals place="clock" />
    </header>
  );
}

function Watch() {
  const present = useRoom((state) => state.present);
  const { me } = useDesk();
  const others = present.filter((one) => one.id !== me.id && !one.candidate).map((one) => one.name);
  const candidate = present.some((one) => one.candidate);
  const words = [others.length > 0 ? `${others.join(", ")} ${others.length === 1 ? "watches" : "watch"}` : "", candidate ? "" : "candidate not here"].filter(Boolean);
  return (
    <span className="muted rm-here" dir="auto">
      {words.join(" · ")}
    </span>
  );
}

function PauseButton() {
  const { deeds } = useDesk();
  const acts = useActs();
  const { clock: held } = useView();
  const running = useRoom((state) => state.clock.running);
  const ended = useRoom((state) => state.clock.ended);
  const begun = useRoom((state) => state.clock.v > state.hello.opens);
  const key = useKeyName(CLOCK_KEY);
  if (!acts || ended || held.state === "ended") return null;
  const words = held.state === "planned" ? "Start" : running ? "Pause" : begun ? "Go on" : "Let it run";
  return (
    <button type="button" className="link rm-act rm-pause" onClick={deeds.toggleClock}>
      {words} {key && <span className="mono">{keyLabel(key)}</span>}
    </button>
  );
}
