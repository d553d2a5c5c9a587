// Who takes part in an interview, while it is being arranged. Pure.
import type { Participant } from "../../api/types";

export type Part = Participant["part"];
export interface Assigned {
  person: string;
  part: Part;
}

export const assigned = (people: readonly Participant[]): Assigned[] =>
  people.map((one) => ({ person: one.person.id, part: one.part }));

export function assign(list: readonly Assigned[], person: string, part: Part): Assigned[] {
  const before = list.some((one) => one.person === person);
  return before ? list.map((one) => (one.person === person ? { person, part } : one)) : [...list, { person, part }];
}

export const release = (list: readonly Assigned[], person: string): Assigned[] => list.filter((one) => one.person !== person);

export const sameAs = (list: readonly Assigned[], people: readonly Participant[]): boolean =>
  JSON.stringify([...list].sort(byPerson)) === JSON.stringify(assigned(people).sort(byPerson));

const byPerson = (a: Assigned, b: Assigned): number => a.person.localeCompare(b.person);
