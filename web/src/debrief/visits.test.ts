// The way through the agenda.
import { describe, expect, it } from "vitest";
import type { AgendaItem } from "../api/types";
import { linesLeft, newlyVisited, nextStop } from "./visits";

const item = (id: AgendaItem["id"], lines: string[], visited = false): AgendaItem => ({
  id, title: id, count: Math.max(1, lines.length), lines, waived: null,
  visited: visited ? { by: "Ines", at: "2026-11-24T10:00:00Z", reason: null } : null,
});
const agenda = [item("differ", ["consistency", "testing"]), item("not_assessed", ["discovery"]), item("deviations", [])];

describe("the agenda", () => {
  it("counts an item as visited once its last line was opened, and not before", () => {
    expect(newlyVisited(agenda, new Set(["consistency"]))).toEqual([]);
    expect(newlyVisited(agenda, new Set(["consistency", "testing"])).map((one) => one.id)).toEqual(["differ"]);
    expect(linesLeft(agenda[0] as AgendaItem, new Set(["testing"]))).toEqual(["consistency"]);
  });

  it("does not count an item without lines until it was opened itself", () => {
    expect(newlyVisited([item("deviations", [])], new Set())).toEqual([]);
    expect(newlyVisited([item("deviations", [])], new Set(["deviations"]))).toHaveLength(1);
  });

  it("says a visit once: items that the server knows as visited are left alone", () => {
    expect(newlyVisited([item("differ", ["testing"], true)], new Set(["testing"]))).toEqual([]);
  });

  it("leads from line to line until all is visited, then round again", () => {
    const opened = new Set<string>();
    const seen: string[] = [];
    for (let i = 0; i < 3; i++) {
      const stop = nextStop(agenda, opened, null);
      seen.push(stop?.line ?? stop?.item.id ?? "");
      opened.add(stop?.line ?? stop?.item.id ?? "");
    }
    expect(seen).toEqual(["consistency", "testing", "discovery"]);
    const done = agenda.map((one) => ({ ...one, visited: { by: "Ines", at: "2026-11-24T10:00:00Z", reason: null } }));
    expect(nextStop(done, opened, "testing")?.line).toBe("discovery");
    expect(nextStop(done, opened, "deviations")?.line).toBe("consistency");
    expect(nextStop([], opened, null)).toBeNull();
  });
});
