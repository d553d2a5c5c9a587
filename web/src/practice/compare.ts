// Two runs, or two histories of one customer, beside each other.
import type { Choices, Question, Told } from "../wasm/practice";

export interface Row {
  left: Told | null;
  right: Told | null;
}

/** Ids of what each run made itself differ without meaning anything: charge 1006110 here is charge 1006131 there. */
const says = (step: Told): string => `${step.is} ${step.part} ${step.text.replace(/\d[\d.,]*( (ms|s|min|h)\b)?/gu, "#")}`;

/**
 * Within which click, and which attempt of that click, each step lies. The second click here says the same words as the second
 * attempt there, and is something else. Once the person has their last answer, what is left belongs to no attempt.
 */
function within(steps: Told[]): string[] {
  const answered = steps.findLastIndex((step) => step.is === "client");
  let [click, attempt] = [0, 0];
  return steps.map((step, at) => {
    if (step.click !== null) [click, attempt] = [step.click, 1];
    if (step.attempt !== null && step.attempt > 1) attempt += 1;
    return at > answered ? "" : `${click}.${attempt}`;
  });
}

interface Placed {
  step: Told;
  is: string;
  /** Two of a kind may stand opposite each other though they differ: the same part does the same, and it comes out otherwise. */
  kind: string;
}

function placed(steps: Told[]): Placed[] {
  const place = within(steps);
  return steps.map((step, at) => {
    const begins = step.text.split(" ", 2).join(" ");
    return { step, is: `${place[at]} ${says(step)}`, kind: `${place[at]} ${step.is} ${step.part} ${begins}` };
  });
}

/**
 * The steps of both in one list: what is common in one row; what only one has, alone, with a gap beside it. The longest common
 * sequence, so that one early difference does not make everything after it differ.
 */
export function align(left: Told[], right: Told[]): Row[] {
  const [a, b] = [placed(left), placed(right)];
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i]![j] = a[i]?.is === b[j]?.is ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const rows: Row[] = [];
  let only: { left: Placed[]; right: Placed[] } = { left: [], right: [] };
  const flush = () => {
    rows.push(...between(only.left, only.right));
    only = { left: [], right: [] };
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [one, other] = [a[i], b[j]];
    if (one && other && one.is === other.is) {
      flush();
      rows.push({ left: one.step, right: other.step });
      i++;
      j++;
    } else if (one && (!other || at(i + 1, j) >= at(i, j + 1))) {
      only.left.push(one);
      i++;
    } else if (other) {
      only.right.push(other);
      j++;
    }
  }
  flush();
  return rows;
}

/** What lies between two common rows: in the order of time, and opposite each other only what is of a kind. */
function between(left: Placed[], right: Placed[]): Row[] {
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [one, other] = [left[i], right[j]];
    const pair = one && other && one.kind === other.kind;
    const leftFirst = one && (!other || one.step.after <= other.step.after);
    rows.push({ left: pair || leftFirst ? (one?.step ?? null) : null, right: pair || !leftFirst ? (other?.step ?? null) : null });
    if (pair || leftFirst) i++;
    if (pair || !leftFirst) j++;
  }
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
