// Times as people read them. Interview clocks are minutes and seconds; calendar times are in the
// reader's zone. No component here, and no `Date.now()` hidden in a formatter that tests must trust.
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const dayLong = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const dayLongYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const hourMinute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

type When = string | Date;
const dateOf = (when: When): Date => (typeof when === "string" ? new Date(when) : when);
const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** `05:02`, and `61:40` past the hour: the clock of an interview. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
}
const pad = (n: number): string => String(n).padStart(2, "0");

/** `14:52` */
export const timeOfDay = (when: When): string => hourMinute.format(dateOf(when));

/** `20 Nov`, with the year when it is another one. */
export function shortDate(when: When, now: Date = new Date()): string {
  const date = dateOf(when);
  return (date.getFullYear() === now.getFullYear() ? day : dayYear).format(date);
}

/** `20 November`, with the year when it is another one. */
export function longDate(when: When, now: Date = new Date()): string {
  const date = dateOf(when);
  return (date.getFullYear() === now.getFullYear() ? dayLong : dayLongYear).format(date);
}

/** `20 November 2026, 17:02`: for anything that is printed or kept. */
export const fullTime = (when: When): string => `${dayLongYear.format(dateOf(when))}, ${timeOfDay(when)}`;

/** `today 15:00`, `tomorrow 10:00`, `yesterday 17:02`, `20 Nov 17:02`. */
export function nearTime(when: When, now: Date = new Date()): string {
  const date = dateOf(when);
  const days = Math.round((midnight(date) - midnight(now)) / 86_400_000);
  const names: Record<number, string> = { [-1]: "yesterday", 0: "today", 1: "tomorrow" };
  return `${names[days] ?? shortDate(date, now)} ${timeOfDay(date)}`;
}

/** About how long a text takes to read aloud, at 150 words a minute, to the nearest five seconds. */
export function readAloudSeconds(text: string): number {
  const words = text.trim().split(/\s+/u).filter(Boolean).length;
  return Math.max(5, Math.round((words * 60) / 150 / 5) * 5);
}

/** `1 moment`, `23 moments` */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

const small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
/** Small numbers as words, for running text. */
export const inWords = (n: number): string => small[n] ?? String(n);
