// The keys of a scorecard: they act on what is current, and are only letters while somebody writes.
import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import type { Area, AreaScore, NoteForScoring } from "../api/types";
import { useKeyListener } from "../shared/keys/useKeys";
import { AreaEditor } from "./AreaEditor";
import { blank } from "./score";

const area = {
  id: "testing", number: 7, title: "Testing", short: "Testing",
  signals: [{ id: "layers", text: "Layers", short: "Layers", counts: "" }],
  rubric: {
    behaviours: [
      { id: "trust", title: "Trust", weak: "reruns", good: "owners", excellent: "triage", signals: ["layers"] },
      { id: "data", title: "Data", weak: "shared", good: "own", excellent: "frozen", signals: [] },
    ],
    weak: "w", good: "g", excellent: "e",
  },
} as unknown as Area;
const note = (entry: string, at_ms: number, signal = false): NoteForScoring => ({
  entry, interview_id: "i", interview_title: "I", at_ms, seq: 1, kind: "said", text: `note ${entry}`, area: "testing",
  signal: signal ? { area: "testing", signal: "layers", prompted: false } : null, mine: true, who: "Ines",
});
let score: AreaScore;

function Editor({ readOnly = false }) {
  const [now, setNow] = useState(blank("testing"));
  score = now;
  useKeyListener();
  return (
    <AreaEditor
      area={area}
      areas={[area]}
      score={now}
      edit={readOnly ? null : (change) => setNow(change)}
      notes={[note("early", 1000, true), note("late", 9000)]}
      interviews={[]}
      onMoment={() => {}}
      onAddNote={null}
      head={null}
    />
  );
}

const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });

describe("keys of the scorecard", () => {
  it("mark the current cell, cite the current note for its line, choose a level", () => {
    render(<Editor />);
    press("x");
    expect(score.seen).toEqual([{ behaviour: "trust", level: "weak" }]);
    press("ArrowRight");
    press("ArrowDown");
    press("x");
    expect(score.seen).toContainEqual({ behaviour: "data", level: "good" });
    press("x");
    expect(score.seen).toEqual([{ behaviour: "trust", level: "weak" }]);
    (document.activeElement as HTMLElement).blur();
    press("ArrowDown");
    press("ArrowDown");
    press("e");
    expect(score.evidence).toEqual([
      expect.objectContaining({ entry: "early", behaviour: "trust", moment: { take: "i", seq: 1, v: 1_000_000_000 } }),
    ]);
    press("3");
    expect(score).toMatchObject({ decided: true, level: "excellent" });
    press("0");
    expect(score).toMatchObject({ decided: true, level: null });
  });

  it("are letters and digits while the sentence is written", () => {
    render(<Editor />);
    press("w");
    const field = screen.getByLabelText("What would have moved it one level");
    expect(document.activeElement).toBe(field);
    press("3");
    press("x");
    fireEvent.change(field, { target: { value: "Up: 3 owners" } });
    expect(score).toMatchObject({ decided: false, seen: [], would_move: "Up: 3 owners" });
  });

  it("do nothing to a scorecard that is only read", () => {
    render(<Editor readOnly />);
    for (const key of ["x", "e", "2", "0"]) press(key);
    expect(score).toEqual(blank("testing"));
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});
