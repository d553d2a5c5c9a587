// Which fault comes next, and the words for when: no component here.
import { clock } from "../../system/format";
import type { FaultDef, FaultState } from "../wire";

export interface Fault {
  def: FaultDef;
  now: FaultState;
}

export function paired(defs: readonly FaultDef[], states: readonly FaultState[]): Fault[] {
  return defs.flatMap((def) => {
    const now = states.find((one) => one.name === def.name);
    return now ? [{ def, now }] : [];
  });
}

/** Those that can still be armed, by their windows. */
export function comingUp(faults: readonly Fault[]): Fault[] {
  const from = ({ def }: Fault) => def.window.from;
  return faults.filter(({ now }) => now.state === "planned" || now.state === "armed").sort((a, b) => from(a) - from(b));
}

/** What `F` arms: the first whose window is not over; with one armed, the one after it. */
export function nextToArm(faults: readonly Fault[], v: number): Fault | null {
  const coming = comingUp(faults);
  const armed = coming.findIndex(({ now }) => now.state === "armed");
  if (armed >= 0) return coming[(armed + 1) % coming.length] ?? null;
  return coming.find(({ def }) => def.window.to >= v) ?? coming[0] ?? null;
}

/** `window 13:00 to 15:00, opens in 2:48`. */
export function windowWords({ window }: FaultDef, v: number, opens: number): string {
  const at = (one: number) => clock((one - opens) / 1e6);
  const long = (ns: number) => clock(ns / 1e6);
  const words = `window ${at(window.from)} to ${at(window.to)}`;
  if (v < window.from) return `${words}, opens in ${long(window.from - v)}`;
  return v <= window.to ? `${words}, open for ${long(window.to - v)}` : `${words}, past`;
}
