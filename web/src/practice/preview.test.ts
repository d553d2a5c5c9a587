import { expect, test } from "vitest";
import type { Question } from "../wasm/practice";
import { stillAnswers } from "./preview";

const option = (name: string) => ({ name, says: "", sets: [], default: false, costs: "" });
const questions: Question[] = [
  { name: "again", ask: "?", options: [option("once"), option("never")], between: null },
  { name: "wait", ask: "?", options: [], between: { sets: "a.b", from: "1s", to: "9s", default: "2s" } },
];

test("answers stay as long as the scenario has them", () => {
  expect(stillAnswers(questions, { again: "once", wait: "3s" })).toEqual({ again: "once", wait: "3s" });
  expect(stillAnswers(questions, { again: "twice", wait: "3s", gone: "yes" })).toEqual({ wait: "3s" });
});
