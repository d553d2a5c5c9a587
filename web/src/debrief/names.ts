// The panel's names where room is short: the first name, or initials where two share it.
import type { PersonRef } from "../api/types";

export function shortName(person: PersonRef, panel: readonly PersonRef[]): string {
  const first = firstName(person);
  return panel.filter((one) => firstName(one) === first).length > 1 ? person.initials : first;
}

const firstName = (person: PersonRef): string => person.name.trim().split(/\s+/u)[0] ?? person.initials;

/** `Ines’s`, `Priya’s`. */
export const possessive = (name: string): string => `${name}’s`;

/** `Ines`, `Ines and Priya`, `Ines, Tomasz and Priya`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** `19 and 20 November`, `30 November and 1 December`: days that share a month say it once. */
export function listedDays(days: readonly string[]): string {
  const parts = days.map((day) => {
    const [number = "", ...rest] = day.split(" ");
    return { number, month: rest.join(" ") };
  });
  return listed(parts.map((day, i) => (parts[i + 1]?.month === day.month ? day.number : `${day.number} ${day.month}`.trim())));
}
