// Figures as they are read here: those of any system, and what needs to know the scenario.
import type { Scenario } from "../wasm/practice";
import { clock } from "../system/format";

export { capital, clock, count, ms, plain, rate } from "../system/format";

/** The time of day in the scenario. */
export function shopTime(scenario: Scenario, at: number): string {
  return new Date(scenario.starts_unix_s * 1000 + at).toISOString().slice(11, 19);
}

export function money(scenario: Scenario, minor: number): string {
  const unit = 10 ** scenario.digits;
  const text = new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: scenario.currency,
    maximumFractionDigits: Math.abs(minor) >= 1000 * unit ? 0 : scenario.digits,
    minimumFractionDigits: 0,
  });
  return text.format(minor / unit);
}

/** Microseconds after the arrival: `+2.003 s`, `+14:02`. */
export function after(us: number): string {
  const s = us / 1e6;
  if (s < 60) return `+${s.toFixed(3)} s`;
  return `+${clock(us / 1000)}`;
}
