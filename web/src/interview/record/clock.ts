// The interview's clock as one browser sees it: what the server said last, carried on by the wall
// clock, with this person's unsent commands applied. Drawing and formatting live elsewhere.
import type { Body, InterviewState, Live } from "../../api/types";

export interface Clock {
  state: InterviewState;
  /** Elapsed at `anchor_ms`, in milliseconds of the interview. */
  base_ms: number;
  /** Wall time of this machine at which `base_ms` was true. */
  anchor_ms: number;
  phase: string | null;
  phase_entered_ms: number | null;
}

/** A command of this person that the server has not confirmed yet. */
export interface Unsent {
  at_ms: number;
  /** Wall time of this machine when it was given. */
  kept_at: number;
  body: Body;
}

/** `as_of` is the server's wall clock and may differ from ours, so the moment of receipt counts. */
export function clockOf(live: Live, received_ms: number): Clock {
  return {
    state: live.state,
    base_ms: live.elapsed_ms,
    anchor_ms: received_ms,
    phase: live.phase,
    phase_entered_ms: live.phase_entered_ms,
  };
}

export function elapsed(clock: Clock, now_ms: number): number {
  if (clock.state !== "running") return clock.base_ms;
  return clock.base_ms + Math.max(0, now_ms - clock.anchor_ms);
}

/** The clock once the server has taken these commands, so that a lost network does not stop it. */
export function ahead(clock: Clock, unsent: readonly Unsent[]): Clock {
  return unsent.reduce(step, clock);
}

function step(clock: Clock, { at_ms, kept_at, body }: Unsent): Clock {
  const at = { base_ms: at_ms, anchor_ms: kept_at };
  switch (body.kind) {
    case "start":
      return clock.state === "planned" ? { ...clock, ...at, state: "running" } : clock;
    case "pause":
      return clock.state === "running" ? { ...clock, ...at, state: "paused" } : clock;
    case "resume":
      return clock.state === "paused" ? { ...clock, ...at, state: "running" } : clock;
    case "end":
      return clock.state === "ended" ? clock : { ...clock, ...at, state: "ended" };
    case "on_paper":
      return clock.state === "planned" ? { ...clock, base_ms: body.minutes * 60_000, anchor_ms: kept_at, state: "ended" } : clock;
    case "phase":
      return { ...clock, phase: body.phase, phase_entered_ms: at_ms };
    default:
      return clock;
  }
}

/** What is left of a span, without a leading zero, and with the word when it is overdrawn. */
export function leftOf(total_ms: number, used_ms: number): { text: string; over: boolean } {
  const left = total_ms - used_ms;
  const over = left < 0;
  const seconds = over ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return { text, over: over && seconds > 0 };
}
