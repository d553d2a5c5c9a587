// Two runs, or two histories of one customer, beside each other.
import type { Choices, Question, Told } from "../wasm/practice";

export interface Row {
  left: Told | null;
  right: Told | null;
}

/** Ids of what each run made itself differ without meaning anything: charge 1006110 here is charge 1006131 there. */
const says = (step: Told): string => `${step.is} ${step.part} ${step.text.replace(/\d[\d.,]*( (ms|s|min|h)\b)?/gu, "#")}`;

/**
 * The steps of both in one list: what is common in one row, what only one has alone or opposite to what the other has in its
 * place. The longest common sequence, so that one early difference does not make everything after it differ.
 */
export function align(left: Told[], right: Told[]): Row[] {
  const [a, b] = [left.map(says), right.map(says)];
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i]![j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const rows: Row[] = [];
  let only: { left: Told[]; right: Told[] } = { left: [], right: [] };
  const flush = () => {
    const length = Math.max(only.left.length, only.right.length);
    for (let n = 0; n < length; n++) rows.push({ left: only.left[n] ?? null, right: only.right[n] ?? null });
    only = { left: [], right: [] };
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      flush();
      rows.push({ left: left[i++] ?? null, right: right[j++] ?? null });
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      const step = left[i++];
      if (step) only.left.push(step);
    } else {
      const step = right[j++];
      if (step) only.right.push(step);
    }
  }
  flush();
  return rows;
}

export const differs = ({ left, right }: Row): boolean => !left || !right || says(left) !== says(right);

/** What is answered, chosen or as found. */
export function answerTo(question: Question, choices: Choices): string {
  const found = question.between?.default ?? question.options.find((option) => option.default)?.name ?? "";
  return choices[question.name] ?? found;
}

/** The answers that differ from the system as found; two sets of choices are the same design when these are equal. */
export function changed(questions: Question[], choices: Choices): Choices {
  const differing = questions.flatMap((question) => {
    const answer = answerTo(question, choices);
    return answer === answerTo(question, {}) ? [] : [[question.name, answer] as const];
  });
  return Object.fromEntries(differing);
}

export function sameChoices(questions: Question[], one: Choices, other: Choices): boolean {
  return questions.every((question) => answerTo(question, one) === answerTo(question, other));
}
