// Finding a record again.
import { describe, expect, it } from "vitest";
import type { InterviewRow } from "../api/types";
import { held, matching } from "./search";

const row = (part: Partial<InterviewRow>): InterviewRow =>
  ({ id: "i", loop_id: "l", code: "H-27", candidate_name: "", title: "Money", areas: ["consistency"], state: "ended",
    started_at: "2026-11-20T10:00:00Z", scheduled_at: null, elapsed_ms: 0, moments: 0, mine: true, opening_title: null,
    scored: false, ...part });
const areas = new Map([["consistency", "Consistency"], ["testing", "Testing"]]);

describe("records", () => {
  it("are those that began, newest first", () => {
    const rows = [row({ id: "a" }), row({ id: "b", started_at: null }), row({ id: "c", started_at: "2026-11-21T10:00:00Z" })];
    expect(held(rows).map((one) => one.id)).toEqual(["c", "a"]);
  });

  it("are found by every word, without regard to case or accents", () => {
    const rows = [
      row({ id: "a", opening_title: "Zürich payments" }),
      row({ id: "b", code: "K-04", areas: ["testing"] }),
      row({ id: "c", candidate_name: "نور الهدى" }),
    ];
    const found = (words: string) => matching(rows, words, areas).map((one) => one.id);
    expect(found("zurich CONSIST")).toEqual(["a"]);
    expect(found("testing")).toEqual(["b"]);
    expect(found("نور")).toEqual(["c"]);
    expect(found("  ")).toEqual(["a", "b", "c"]);
    expect(found("zurich testing")).toEqual([]);
  });
});
