// The bar of the interviewer's room: what and who, the clock with its speed, who watches, what is left, Pause.
import { Link } from "react-router";
import { Saved } from "../../interview/desk/Saved";
import { MenuButton, More } from "../../interview/desk/Head";
import { useDesk, useView } from "../../interview/desk/desk";
import { CLOCK_KEY } from "../../interview/desk/deskKeys";
import { Mark } from "../../shared/Bar";
import { keyLabel } from "../../shared/keys/match";
import { useKeyName } from "../../shared/keys/useKeys";
import { Refusals } from "../parts";
import { RoomClock, TimeLeft } from "../RoomClock";
import { useRoom } from "../session/hooks";
import type { Asked } from "./PanelRoom";
import { SpeedChoice } from "../SpeedChoice";
import { useActs } from "./acts";

export function PanelHead({ ask }: { ask: (what: Asked) => void }) {
  const title = useRoom((state) => state.hello.title);
  const { interview } = useDesk();
  const { clock: held } = useView();
  const acts = useActs();
  const rehearsal = interview.room?.rehearsal;
  return (
    <header className="rm-bar">
      <div className="rm-bar-title">
        <Link to="/" className="rm-home">
          <Mark />
          <span className="vh">Seatrial, to the start page</span>
        </Link>
        <h1 dir="auto">{title}</h1>
        <span className="muted rm-secret rm-about" dir="auto">
          {rehearsal
            ? `Rehearsal: a script sits there and plays “${rehearsal}”`
            : [interview.candidate_name || `candidate ${interview.code}`, interview.opening?.seniority_title].filter(Boolean).join(", ")}
          {interview.room?.variation && `, as “${interview.room.variation.replaceAll("_", " ")}”`}
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
          <More
            besides={(run) =>
              acts &&
              held.state !== "planned" && (
                <div>
                  <MenuButton onClick={run(() => ask("void"))}>Mark a span that does not count</MenuButton>
                  <MenuButton onClick={run(() => ask("again"))}>The same customers again</MenuButton>
                </div>
              )
            }
          />
        </span>
      </div>
      <Refusals place="clock" />
    </header>
  );
}

function Watch() {
  const present = useRoom((state) => state.present);
  const { me, interview } = useDesk();
  const others = present.filter((one) => one.id !== me.id && !one.candidate);
  const silent = others.filter((one) => one.silent).map((one) => one.name);
  const hands = others.filter((one) => !one.silent).map((one) => one.name);
  // Whoever is first among the interviewers leads; the others can do the same, and what two do at once is taken once.
  const lead = interview.people.find((one) => one.part === "interviewer")?.person;
  const leads = lead && (hands.length > 0 || lead.id !== me.id) ? (lead.id === me.id ? "you lead" : `${lead.name} leads`) : "";
  const candidate = present.some((one) => one.candidate);
  const words = [
    leads,
    hands.length > 0 ? `here: ${hands.join(", ")}` : "",
    silent.length > 0 ? `${silent.join(", ")} ${silent.length === 1 ? "watches" : "watch"}` : "",
    candidate ? "" : interview.room?.rehearsal ? "a script plays the candidate" : "candidate not here",
  ].filter(Boolean);
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
