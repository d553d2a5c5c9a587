import { expect, test } from "vitest";
import type { FaultDef, FaultState } from "../wire";
import { comingUp, nextToArm, paired, windowWords } from "./faults";

const S = 1e9;
const def = (name: string, from: number): FaultDef => ({
  name, title: name, says: [], reveals: "", window: { from: from * S, to: (from + 100) * S }, lasts_ms: 0, boxes: [], planned: null,
});
const state = (name: string, is: FaultState["state"]): FaultState => ({ name, state: is, since: null, until: null, noticed_at: null, noticed_by: null });
const faults = (states: Record<string, FaultState["state"]>) =>
  paired([def("late", 900), def("early", 100), def("any", 2000)], Object.entries(states).map(([name, is]) => state(name, is)), () => null);

test("faults come in the order of their windows, those that ran are out", () => {
  expect(comingUp(faults({ late: "planned", early: "armed", any: "planned" })).map((one) => one.def.name)).toEqual(["early", "late", "any"]);
  expect(comingUp(faults({ late: "planned", early: "over", any: "on" })).map((one) => one.def.name)).toEqual(["late"]);
});

test("the first key arms what fits now, the next ones go round", () => {
  const planned = faults({ late: "planned", early: "planned", any: "planned" });
  expect(nextToArm(planned, 0)?.def.name).toBe("early");
  expect(nextToArm(planned, 500 * S)?.def.name).toBe("late");
  expect(nextToArm(faults({ late: "planned", early: "planned", any: "armed" }), 0)?.def.name).toBe("early");
  expect(nextToArm(faults({ late: "over", early: "over", any: "over" }), 0)).toBeNull();
});

const open = (from: number) => ({ def: def("a", from), now: state("a", "planned"), window: { from: from * S, to: (from + 100) * S } });

test("a window says what is left of it", () => {
  expect(windowWords(open(780), 612 * S, 0)).toBe("window 13:00 to 14:40, opens in 2:48");
  expect(windowWords(open(780), 800 * S, 0)).toBe("window 13:00 to 14:40, open for 1:20");
  expect(windowWords(open(780), 900 * S, 0)).toBe("window 13:00 to 14:40, past");
});

test("a plan's phases say when; what the plan does not have comes last", () => {
  const planned = (name: string, place: number, phase: string): FaultDef => ({
    ...def(name, 10),
    planned: { phase, phase_title: phase, place, from_minutes: 4, to_minutes: 8 },
  });
  const defs = [def("stray", 0), planned("second", 1, "later"), planned("first", 0, "now")];
  const all = paired(defs, defs.map((one) => state(one.name, "planned")), (phase) => (phase === "now" ? 100 * S : null));
  expect(comingUp(all).map((one) => one.def.name)).toEqual(["first", "second", "stray"]);
  const [stray, second, first] = all;
  expect(first?.window).toEqual({ from: 340 * S, to: 580 * S });
  expect(windowWords(second!, 0, 0)).toBe("in “later”, minutes 4 to 8 of it");
  expect(windowWords(stray!, 0, 0)).toBe("not in the plan");
  expect(nextToArm(all, 0)?.def.name).toBe("first");
  expect(nextToArm(all, 600 * S)?.def.name).toBe("second");
});
