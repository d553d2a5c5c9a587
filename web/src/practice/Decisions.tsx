// The decisions, first in words. A row says what is answered; opened, it offers the answers and what each changes.
import { useId, useState } from "react";
import type { Choices, Question } from "../wasm/practice";
import { answerTo } from "./compare";
import { plain } from "./format";

interface DecisionsProps {
  questions: Question[];
  choices: Choices;
  /** Those of the run that is compared with, to mark what is different now. */
  before: Choices | null;
  /** What stands beside these answers and did not come of them: a reference's run, in words. */
  instead: string | null;
  choose: (name: string, answer: string) => void;
}

export function Decisions({ questions, choices, before, instead, choose }: DecisionsProps) {
  const [open, toggle] = useState<string | null>(null);
  return (
    <section className="px-section" aria-labelledby="decisions">
      <div className="px-head">
        <h2 id="decisions">Decisions</h2>
        <span className="muted">{instead ? "yours" : "open one to answer it otherwise"}</span>
      </div>
      {instead && (
        <p className="px-instead" role="status">
          <b>Shown is {instead}.</b> <span className="muted">It keeps its answers to itself. The ones below are yours, and did not lead to what is shown.</span>
        </p>
      )}
      <ul className={instead ? "px-decisions aside" : "px-decisions"}>
        {questions.map((question) => {
          const answer = answerTo(question, choices);
          const other = !instead && before !== null && answer !== answerTo(question, before);
          const found = answer === answerTo(question, {});
          return (
            <li key={question.name} className={other ? "changed" : undefined}>
              <button
                type="button"
                className="px-ask"
                aria-expanded={open === question.name}
                aria-controls={`decision-${question.name}`}
                data-decision={question.name}
                onClick={() => toggle(open === question.name ? null : question.name)}
              >
                <span className="px-open" aria-hidden="true" />
                <span className="px-question">{question.ask}</span>
                <span className={found ? "muted" : "px-answer"}>
                  {plain(answer)}
                  {found && <span className="muted">, as found</span>}
                  {other && <span className="px-changed">changed</span>}
                </span>
              </button>
              {open === question.name && (
                <div className="px-options" id={`decision-${question.name}`}>
                  {question.between ? (
                    <Between question={question} answer={answer} choose={choose} />
                  ) : (
                    <Options question={question} answer={answer} choose={choose} />
                  )}
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface AnswerProps {
  question: Question;
  answer: string;
  choose: (name: string, answer: string) => void;
}

function Options({ question, answer, choose }: AnswerProps) {
  const name = useId();
  return (
    <fieldset>
      <legend className="vh">{question.ask}</legend>
      {question.options.map((option) => (
        <label key={option.name} className="px-option">
          <input type="radio" name={name} checked={answer === option.name} onChange={() => choose(question.name, option.name)} />
          <span>
            <b>{option.says || plain(option.name)}</b>
            {option.costs && <span className="muted"> {option.costs}</span>}
            <span className="px-sets muted">
              {option.says && `${plain(option.name)}: `}
              {option.default ? "the system as found" : option.sets.map(([path, value]) => `${path} ${value}`).join(", ")}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** A few values between the bounds: enough to feel the difference, and none can be mistyped. */
function Between({ question, answer, choose }: AnswerProps) {
  const between = question.between;
  const name = useId();
  if (!between) return null;
  const values = [...new Set([between.from, ...steps(between.from, between.to), between.default, between.to])];
  const sorted = values.sort((a, b) => size(a) - size(b));
  return (
    <fieldset>
      <legend className="px-sets muted">{between.sets}</legend>
      <div className="px-values-row">
        {sorted.map((value) => (
          <label key={value} className="px-value">
            <input type="radio" name={name} checked={answer === value} onChange={() => choose(question.name, value)} />
            <span>{value}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const STEPS = ["50ms", "100ms", "200ms", "500ms", "1s", "2s", "3s", "5s", "10s", "30s", "1m", "5m"];
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function size(text: string): number {
  const [, number = "0", unit = ""] = /^([\d.]+)([a-z%/]*)$/u.exec(text) ?? [];
  return Number(number) * (UNITS[unit] ?? 1);
}

function steps(from: string, to: string): string[] {
  if (!/\d(ms|s|m|h)$/u.test(from)) return [];
  return STEPS.filter((step) => size(step) > size(from) && size(step) < size(to));
}
