// What a decision still lacks, before the server is asked.
import { describe, expect, it } from "vitest";
import { type DecisionDraft, keepDraft, lacks, readDraft } from "./decision";
import { firstPlan, PLAN_MINUTES } from "./Plan";

const draft = (part: Partial<DecisionDraft>): DecisionDraft => ({ kind: "hire", reason: "Because.", plan: null, ...part });

describe("a decision", () => {
  it("needs a kind and a reason, and more evidence needs what is asked and by whom", () => {
    expect(lacks(draft({ kind: null }), [])).toMatch(/three/u);
    expect(lacks(draft({ reason: "  " }), [])).toMatch(/reason/u);
    expect(lacks(draft({}), [])).toBeNull();
    const plan = firstPlan([{ area: "testing", why: "the panel differs" }]);
    expect(lacks(draft({ kind: "more_evidence" }), plan)).toMatch(/asked/u);
    const asked = plan.map((item) => ({ ...item, ask: "Who is told?" }));
    expect(lacks(draft({ kind: "more_evidence" }), asked)).toMatch(/who asks/u);
    expect(lacks(draft({ kind: "more_evidence" }), asked.map((item) => ({ ...item, asked_by: "Priya" })))).toBeNull();
  });

  it("divides the twenty minutes among exactly the unsettled lines", () => {
    for (let n = 1; n <= 7; n++) {
      const plan = firstPlan(Array.from({ length: n }, (_, i) => ({ area: `area-${i}`, why: "" })));
      expect(plan.reduce((sum, item) => sum + item.minutes, 0)).toBe(PLAN_MINUTES);
      expect(new Set(plan.map((item) => item.area)).size).toBe(n);
    }
    expect(firstPlan([])).toEqual([]);
  });

  it("survives a closed tab, and storage that holds something else", () => {
    keepDraft("l", draft({ reason: "Half a sent" }));
    expect(readDraft("l").reason).toBe("Half a sent");
    keepDraft("l", null);
    expect(readDraft("l")).toEqual({ kind: null, reason: "", plan: null });
    localStorage.setItem("seatrial.decision/l", "{[");
    expect(readDraft("l").reason).toBe("");
  });
});
