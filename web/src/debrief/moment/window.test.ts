// The seconds around a moment, and the way to its neighbours.
import { describe, expect, it } from "vitest";
import type { Body, Entry } from "../../api/types";
import { around, neighbour, phasesHeld } from "./window";

const entry = (id: string, seconds: number, body: Body, withdrawn = false): Entry => ({
  id, seq: seconds, at_ms: seconds * 1000, who: "p", received_at: "2026-11-19T14:00:00Z", withdrawn, moment: null, body,
});
const note = (id: string, seconds: number, withdrawn = false) =>
  entry(id, seconds, { kind: "note", note: "said", text: id, area: null, signal: null }, withdrawn);
const record = [
  entry("begin", 0, { kind: "phase", phase: "a/open" }),
  note("early", 30),
  note("gone", 95, true),
  entry("ask", 98, { kind: "asked", area: "a", follow_up: "f" }),
  note("here", 100),
  entry("next", 110, { kind: "phase", phase: "a/design" }),
  note("late", 170),
];

describe("the record around a moment", () => {
  it("holds what was written in the seconds around it, in order, without what was withdrawn", () => {
    expect(around(record, 100_000, "15").entries.map((one) => one.id)).toEqual(["ask", "here", "next"]);
    expect(around(record, 100_000, "120").entries.map((one) => one.id)).toEqual(["begin", "early", "ask", "here", "next", "late"]);
    expect(around(record, 5_000, "15").from_ms).toBe(0);
  });

  it("finds the notes before and after, and stops at the ends", () => {
    const here = { id: "here", at_ms: 100_000 };
    expect(neighbour(record, here, -1)?.id).toBe("early");
    expect(neighbour(record, here, 1)?.id).toBe("late");
    expect(neighbour(record, { id: "early", at_ms: 30_000 }, -1)).toBeNull();
    expect(neighbour(record, { id: "not a note", at_ms: 99_000 }, 1)?.id).toBe("here");
  });

  it("draws phases as they were held, to the end of the clock", () => {
    expect(phasesHeld(record, 200_000)).toEqual([
      { id: "a/open", from_ms: 0, to_ms: 110_000 },
      { id: "a/design", from_ms: 110_000, to_ms: 200_000 },
    ]);
  });
});
