// The merge of two tabs: laws over all small changes rather than single cases.
import { describe, expect, it } from "vitest";
import type { AreaScore } from "../api/types";
import { differing, merge, takeParts } from "./merge";
import { blank, same, withBehaviour, withConfidence, withLevel, withNote, withSeen } from "./score";

const note = {
  entry: "n1", interview_id: "i", interview_title: "Money", at_ms: 1000, seq: 4, kind: "said", text: "…", area: null, signal: null, mine: true, who: "Ines",
} as const;
const base = withNote(withSeen(blank("testing"), "layers", "good"), { ...note, entry: "n0" }, null);
const changes: ((score: AreaScore) => AreaScore)[] = [
  (score) => score,
  (score) => withLevel(score, "good"),
  (score) => withLevel(score, "excellent"),
  (score) => withLevel(score, null),
  (score) => withConfidence(score, 2),
  (score) => ({ ...score, would_move: "Down: no owner" }),
  (score) => ({ ...score, would_move: "Up: an owner" }),
  (score) => withSeen(score, "layers", "good"),
  (score) => withSeen(score, "layers", "weak"),
  (score) => withSeen(score, "trust", "excellent"),
  (score) => withNote(score, note, "layers"),
  (score) => withNote(score, { ...note, entry: "n0" }, null),
  (score) => withBehaviour(score, "n0", "trust"),
];

describe("two tabs, one area", () => {
  it("keeps every change of both, or names the part in which they clash", () => {
    for (const change of changes)
      for (const other of changes) {
        const [ours, theirs] = [change(base), other(base)];
        const { score, clashes } = merge(base, ours, theirs);
        for (const part of differing(base, theirs)) expect(differing(score, theirs)).not.toContain(part);
        for (const part of differing(base, ours))
          expect(clashes.includes(part) || !differing(score, ours).includes(part)).toBe(true);
        // What is offered can be put back whole.
        expect(differing(takeParts(score, ours, clashes), ours).filter((part) => differing(base, ours).includes(part))).toEqual([]);
      }
  });

  it("has nothing to say when only one of them changed something", () => {
    for (const change of changes) {
      const changed = change(base);
      expect(merge(base, changed, base).clashes).toEqual([]);
      expect(same(merge(base, changed, base).score, changed)).toBe(true);
      expect(same(merge(base, base, changed).score, changed)).toBe(true);
      expect(merge(base, changed, changed).clashes).toEqual([]);
    }
  });
});
