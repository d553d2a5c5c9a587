// The tutorial's five steps. Each ticks itself off by what happened in the room; none has to be done, and none is told to anybody.
import { useEffect, useState } from "react";
import { remembered } from "../../shared/store";
import { Sign } from "../parts";
import { useRoom } from "../session/hooks";
import type { RoomState } from "../session/state";
import { useUi } from "../ui";

interface Step {
  title: string;
  how: string;
}

export const STEPS: readonly Step[] = [
  { title: "Let it run", how: "Press Space or “Let it run”, and choose a speed beside the clock." },
  { title: "Focus a box", how: "Click a box of the system, or reach it with Tab and press Enter: figures, traces and moves follow it. Esc lets go." },
  {
    title: "Answer a decision in words, open its options",
    how: "Under Decisions, write what you would do and save it. The options come after your own words, or when you ask for them.",
  },
  {
    title: "Find a ticket’s parcel in Traces",
    how: "Sooner or later a customer writes; after six minutes of the room’s time something breaks by itself. Press “Find” at their ticket.",
  },
  { title: "Answer the customer", how: "Say whether it is so, and write what you would write to them." },
];

type Happened = Pick<RoomState, "hello" | "clock" | "decisions" | "tickets" | "marks">;

/** What is done, in the order of the steps; `focused`: a box was in focus at least once. */
export function done({ hello, clock, decisions, tickets, marks }: Happened, focused: boolean): boolean[] {
  const searched = (key: string) => marks.some((mark) => mark.kind === "search" && mark.text.includes(`“${key}”`));
  return [
    clock.running || clock.v > hello.opens,
    focused,
    decisions.some((one) => one.answered_at !== null),
    tickets.some((one) => searched(one.key)),
    tickets.some((one) => one.reply !== null),
  ];
}

export function Guide({ onDone }: { onDone?: () => void }) {
  const take = useRoom((state) => state.hello.take.id);
  const key = `room.guide.${take}`;
  const focus = useUi((ui) => ui.focus);
  const [focused, setFocused] = useState(() => remembered.read(key) !== null);
  useEffect(() => {
    if (focus === null) return;
    setFocused(true);
    remembered.write(key, "focused");
  }, [focus, key]);
  // One text of ticks, so that the guide is drawn again only when one changes.
  const ticks = useRoom((state) => done(state, focused).map(Number).join(""));
  const next = ticks.indexOf("0");
  useEffect(() => {
    if (next === -1) onDone?.();
  }, [next]);
  return (
    <section className="rm-guide" aria-label="Tutorial">
      <ol>
        {STEPS.map((step, place) => {
          const is_done = ticks[place] === "1";
          return (
            <li key={step.title} data-next={place === next || undefined} data-done={is_done || undefined}>
              <Sign is={is_done ? "done" : "open"} />
              <span>
                {step.title}
                <span className="vh">{is_done ? ": done" : ": not done yet"}</span>
              </span>
            </li>
          );
        })}
      </ol>
      <p className="small muted" role="status">
        {next === -1 ? "That is all there is to know. Go on trying as long as you like; nothing of it is scored." : STEPS[next]?.how}
      </p>
    </section>
  );
}
