// The bar of an interview: what it is, what is saved, the phase's time, the clock, Pause, and the
// menu of what is needed rarely.
import { useId, useRef } from "react";
import { Link } from "react-router";
import { Bar } from "../../shared/Bar";
import { Button } from "../../shared/Button";
import { Kbd } from "../../shared/Kbd";
import { useKeyName } from "../../shared/keys/useKeys";
import { openKeys } from "../../shared/keys/open";
import { clock } from "../../shared/time";
import { leftOf } from "../record/clock";
import { CLOCK_KEY, END_KEY, HIDE_KEY } from "./deskKeys";
import { useDesk, useElapsed, useView } from "./desk";
import { paperHref } from "./paper";
import { Saved } from "./Saved";
import { toggleVeil } from "./veil";

export function Head() {
  const { interview } = useDesk();
  return (
    <Bar
      end={
        <>
          <Saved />
          <span className="panel-only small mid-gone">panel only</span>
          <PhaseLeft />
          <Clock />
          <PauseButton />
          <More />
        </>
      }
    >
      <h1 className="bar-title desk-title" dir="auto">
        {interview.title}
      </h1>
      <span className="muted mid-gone">
        {interview.room ? (
          <Link className="link" to={`/interviews/${interview.id}/room`}>
            to the room
          </Link>
        ) : (
          "talk only"
        )}{" "}
        · candidate <span className="mono">{interview.code}</span>
      </span>
    </Bar>
  );
}

function PhaseLeft() {
  const { interview, session } = useDesk();
  const { clock: now } = useView();
  const elapsed = useElapsed(session);
  const phase = interview.agenda.find((one) => one.id === now.phase);
  if (!phase || now.state === "ended" || now.state === "planned") return null;
  const left = leftOf(phase.minutes * 60_000, elapsed - (now.phase_entered_ms ?? 0));
  return (
    <span className="small phase-left" data-over={left.over || undefined}>
      <span className="wide-only">phase </span>
      <b>{left.text}</b> {left.over ? "over" : "left"}
    </span>
  );
}

function Clock() {
  const { interview, session } = useDesk();
  const { clock: now } = useView();
  const elapsed = useElapsed(session);
  const words = { planned: "not started", running: "", paused: "paused", ended: "ended", called_off: "called off" }[now.state];
  return (
    <span className="clock" role="timer" aria-label={`Clock ${words}`}>
      {words && <span className="small muted clock-state">{words} </span>}
      {clock(elapsed)}
      <span className="small muted"> / {interview.minutes_planned}</span>
    </span>
  );
}

function PauseButton() {
  const { deeds, may_write } = useDesk();
  const { clock: now } = useView();
  const keyName = useKeyName(CLOCK_KEY);
  if (!may_write || now.state === "planned" || now.state === "ended") return null;
  return (
    <Button className="wide-only" keyName={keyName} onClick={deeds.toggleClock}>
      {now.state === "running" ? "Pause" : "Go on"}
    </Button>
  );
}

interface MoreProps {
  /** What a page of its own offers besides; `run` closes the menu first. */
  besides?: (run: (what: () => void) => () => void) => React.ReactNode;
}

export function More({ besides }: MoreProps = {}) {
  const { interview, deeds, may_write, open } = useDesk();
  const { clock: now, refused } = useView();
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const hideKey = useKeyName(HIDE_KEY);
  const endKey = useKeyName(END_KEY);
  const run = (what: () => void) => () => {
    menu.current?.hidePopover?.();
    what();
  };
  const under_way = now.state === "running" || now.state === "paused";
  return (
    <>
      <button type="button" className="bar-initials more" popoverTarget={id} aria-label="More of this interview">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 8h2M7 8h2M12 8h2" stroke="currentColor" strokeWidth="2" />
        </svg>
      </button>
      <div ref={menu} id={id} popover="auto" className="menu">
        {may_write && under_way && (
          <div className="phone-only">
            <MenuButton onClick={run(deeds.toggleClock)}>{now.state === "running" ? "Pause the clock" : "Go on"}</MenuButton>
          </div>
        )}
        <div>
          <MenuButton onClick={run(() => open("phases"))}>All phases</MenuButton>
          {may_write && !interview.room?.rehearsal && <MenuButton onClick={run(() => open("link"))}>The candidate’s link</MenuButton>}
          {interview.can_attach && (
            <MenuButton onClick={run(() => open("attach"))}>Attach to an opening</MenuButton>
          )}
          {refused.length > 0 && <MenuButton onClick={run(() => open("refused"))}>What was not taken ({refused.length})</MenuButton>}
        </div>
        {besides?.(run)}
        <div>
          <MenuButton onClick={run(() => window.print())}>Print this record</MenuButton>
          {paperHref(interview).map((paper) => (
            <a key={paper.href} className="menu-row" href={paper.href} target="_blank" rel="noreferrer">
              {paper.name}
            </a>
          ))}
          <Link className="menu-row" to={`/interviews/${interview.id}/preread`}>
            Pre-read
          </Link>
          <Link className="menu-row" to={`/loops/${interview.loop_id}/scorecard`}>
            Scorecard
          </Link>
        </div>
        <div>
          <MenuButton onClick={run(toggleVeil)}>
            Hide what is panel only {hideKey && <Kbd name={hideKey} />}
          </MenuButton>
          <MenuButton onClick={run(openKeys)}>
            Keys <Kbd name="?" />
          </MenuButton>
          {may_write && under_way && (
            <MenuButton onClick={run(() => open("end"))}>End the interview {endKey && <Kbd name={endKey} />}</MenuButton>
          )}
        </div>
      </div>
    </>
  );
}

export function MenuButton({ onClick, children }: { onClick: () => void; children: React.ReactNode }) {
  return (
    <button type="button" className="menu-row" onClick={onClick}>
      {children}
    </button>
  );
}
