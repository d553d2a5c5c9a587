// Figures as they are read here: in tabular figures, with the unit beside them.
import type { Scenario } from "../wasm/practice";

const whole = new Intl.NumberFormat("en-US");

export const count = (value: number): string => whole.format(value);

/** Minutes and seconds of play; the warm-up lies before 0:00. */
export function clock(ms: number): string {
  const sign = ms < 0 ? "−" : "";
  const s = Math.floor(Math.abs(ms) / 1000);
  const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  const seconds = String(s % 60).padStart(2, "0");
  return h > 0 ? `${sign}${h}:${String(m).padStart(2, "0")}:${seconds}` : `${sign}${m}:${seconds}`;
}

/** The time of day in the scenario. */
export function shopTime(scenario: Scenario, at: number): string {
  return new Date(scenario.starts_unix_s * 1000 + at).toISOString().slice(11, 19);
}

export function rate(perSecond: number): string {
  if (perSecond === 0) return "0/s";
  return perSecond >= 100 ? `${Math.round(perSecond)}/s` : `${perSecond.toFixed(1)}/s`;
}

export function ms(value: number): string {
  if (value <= 0) return "–";
  if (value < 10) return `${value.toFixed(1)} ms`;
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(2)} s`;
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

/** `charged_once` → `charged once`. */
export const plain = (name: string): string => name.replaceAll(/[_-]/gu, " ");

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Microseconds after the arrival: `+2.003 s`, `+14:02`. */
export function after(us: number): string {
  const s = us / 1e6;
  if (s < 60) return `+${s.toFixed(3)} s`;
  return `+${clock(us / 1000)}`;
}
