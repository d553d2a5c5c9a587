// Which fault comes next, and the words for when: no component here.
import { clock } from "../../system/format";
import type { FaultDef, FaultState } from "../wire";

export interface Fault {
  def: FaultDef;
  now: FaultState;
  /** When it should come; null: its phase has not begun, or the plan does not have it. */
  window: { from: number; to: number } | null;
}

const MINUTE_NS = 60e9;

/** `began`: when a phase began, in the room's time. With a plan its phases say when; without one, the scenario does. */
export function paired(defs: readonly FaultDef[], states: readonly FaultState[], began: (phase: string) => number | null): Fault[] {
  const led = defs.some((def) => def.planned);
  return defs.flatMap((def) => {
    const now = states.find((one) => one.name === def.name);
    if (!now) return [];
    const start = def.planned ? began(def.planned.phase) : null;
    const window =
      def.planned && start !== null
        ? { from: start + def.planned.from_minutes * MINUTE_NS, to: start + def.planned.to_minutes * MINUTE_NS }
        : null;
    return [{ def, now, window: led ? window : def.window }];
  });
}

/** Those that can still be armed: as the plan has them, then the others by the scenario's windows. */
export function comingUp(faults: readonly Fault[]): Fault[] {
  const place = ({ def }: Fault) => def.planned?.place ?? Infinity;
  const coming = faults.filter(({ now }) => now.state === "planned" || now.state === "armed");
  return coming.sort((a, b) => (place(a) === place(b) ? a.def.window.from - b.def.window.from : place(a) - place(b)));
}

/** What `F` arms: the first whose window is not over; with one armed, the one after it. */
export function nextToArm(faults: readonly Fault[], v: number): Fault | null {
  const coming = comingUp(faults);
  const armed = coming.findIndex(({ now }) => now.state === "armed");
  if (armed >= 0) return coming[(armed + 1) % coming.length] ?? null;
  return coming.find(({ def, window }) => (window ? window.to >= v : def.planned !== null)) ?? coming[0] ?? null;
}

/** `window 13:00 to 15:00, opens in 2:48`. */
export function windowWords({ def, window }: Fault, v: number, opens: number): string {
  if (!window) {
    const { planned } = def;
    return planned ? `in “${planned.phase_title}”, minutes ${planned.from_minutes} to ${planned.to_minutes} of it` : "not in the plan";
  }
  const at = (one: number) => clock((one - opens) / 1e6);
  const long = (ns: number) => clock(ns / 1e6);
  const words = `window ${at(window.from)} to ${at(window.to)}`;
  if (v < window.from) return `${words}, opens in ${long(window.from - v)}`;
  return v <= window.to ? `${words}, open for ${long(window.to - v)}` : `${words}, past`;
}
