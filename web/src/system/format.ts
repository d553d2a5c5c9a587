// Figures of a running system as they are read: tabular, with the unit beside them. Not here: money and times of day, which
// need to know the scenario.
const whole = new Intl.NumberFormat("en-US");

export const count = (value: number): string => whole.format(value);

/** Minutes and seconds of virtual time, from milliseconds; what lies before the opening has a minus. */
export function clock(ms: number): string {
  const sign = ms < 0 ? "−" : "";
  const s = Math.floor(Math.abs(ms) / 1000);
  const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
  const seconds = String(s % 60).padStart(2, "0");
  return h > 0 ? `${sign}${h}:${String(m).padStart(2, "0")}:${seconds}` : `${sign}${m}:${seconds}`;
}

export function rate(perSecond: number): string {
  if (perSecond === 0) return "0/s";
  return perSecond >= 100 ? `${Math.round(perSecond)}/s` : `${perSecond.toFixed(1)}/s`;
}

export function ms(value: number): string {
  if (value <= 0) return "–";
  if (value < 10) return `${value.toFixed(1)} ms`;
  if (value < 1000) return `${Math.round(value)} ms`;
  if (value < 60_000) return `${(value / 1000).toFixed(2)} s`;
  return value < 3_600_000 ? `${(value / 60_000).toFixed(1)} min` : `${(value / 3_600_000).toFixed(1)} h`;
}

/** `charged_once` → `charged once`. */
export const plain = (name: string): string => name.replaceAll(/[_-]/gu, " ");

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
