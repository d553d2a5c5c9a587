import { describe, expect, it } from "vitest";
import type { Debrief, ScorecardDue } from "../api/types";
import { reminder, waitingTitle } from "./awaited";

const said = { by: "Mia", at: "2026-05-28T10:00:00Z", reason: "left" };

/** `+` is in, `-` is due, `x` is excused; `*` behind it is you. */
function cards(words: string): ScorecardDue[] {
  return words.split(" ").filter(Boolean).map((word, n) => ({
    person: { id: `p${n}`, name: `P${n}`, initials: "P" },
    areas: [],
    due_at: null,
    submitted_at: word[0] === "+" ? said.at : null,
    excused: word[0] === "x" ? said : null,
    you: word.endsWith("*"),
  }));
}

function debrief(words: string, states: string[]): Pick<Debrief, "scorecards" | "loop"> {
  const interviews = states.map((state) => ({ state }));
  return { scorecards: cards(words), loop: { id: "l", code: "H-27", opening: null, interviews } as unknown as Debrief["loop"] };
}

describe("what a closed debrief says that it waits for", () => {
  it.each([
    ["", [], "No scorecard is due yet."],
    ["", ["called_off"], "Every interview was called off."],
    ["+* - -", ["ended"], "Yours is in. Waiting for two more."],
    ["+* -", ["ended"], "Yours is in. Waiting for one more."],
    ["-* +", ["ended"], "Waiting for yours alone."],
    ["-* - x", ["ended"], "Waiting for yours and one more."],
    ["- + x", ["ended"], "Waiting for one of three."],
    ["+* +", ["ended", "planned"], "The scorecards are in. Waiting for an interview to be held."],
    ["+ x", ["running", "planned", "called_off"], "The scorecards are in. Waiting for two interviews to be held."],
    ["x* +", ["ended"], "You are excused. Nobody waits for yours."],
    ["x* - +", ["ended"], "You are excused. Waiting for one more."],
    ["x x", ["ended"], "Nobody has written a scorecard."],
  ])("%s of %j: %s", (words, states, title) => {
    expect(waitingTitle(debrief(words, states))).toBe(title);
  });
});

it("a reminder leads to the scorecard, and says nothing that anybody wrote", () => {
  const { scorecards, loop } = debrief("- +", ["ended"]);
  expect(reminder(scorecards[0]!, loop, "https://trial.example.com", "tomorrow 12:00")).toBe(
    "Hello P0, the debrief of candidate H-27 waits for your scorecard, due tomorrow 12:00. " +
      "It is here: https://trial.example.com/loops/l/scorecard",
  );
});
