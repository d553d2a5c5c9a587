import { describe, expect, it } from "vitest";
import type { Back, Outcome, Scenario } from "../wasm/practice";
import { courseOf, fateWords, madeWords, namedIn, range, seedsAfter } from "./tale";

const promise = { name: "sent_once", called: "sent twice", hurts: "customer", broken: 3, mended: 0, undecided: 0, tickets: 1, cost: 300, first: 70_000 };
const back: Back = {
  digest: "0".repeat(16),
  faults: [
    { name: "relay down", says: ["relay is down for 1 min"], began: 120_000, ended: 180_000, shown: { at: 150_000, by: "alert", what: "lag", serial: null } },
    { name: "answers vanish", says: ["x"], began: 200_000, ended: null, shown: null },
    { name: "never came", says: ["y"], began: null, ended: null, shown: null },
  ],
  moves: [{ name: "give back", says: "", first: 160_000, made: 3, vain: 1 }],
  promises: [promise, { ...promise, name: "known", called: "unknown", hurts: "merchant", first: null }],
  cost: 300,
  tickets: 1,
  judged: 100,
  pleased: 97,
  fates: [],
};
const planned = (name: string) => ({ name, at: 120_000, lasts: 60_000, says: [`${name} happens`], boxes: [] });
const scenario = {
  warm_up: 60_000,
  play: 600_000,
  drain: 0,
  faults: ["relay down", "answers vanish", "never came"].map(planned),
  picture: { boxes: [], edges: [], columns: 1, rows: 1 },
} as unknown as Scenario;

describe("a run told back", () => {
  it("is in the order of time, and says what showed a fault or that nothing did", () => {
    const lines = courseOf(scenario, back);
    expect(lines.map(({ kind }) => kind)).toEqual(["harm", "fault", "shown", "move", "end", "fault", "end"]);
    expect(lines[2]?.text).toBe("relay down: first shown by the alert “lag”, 0:30 after it began.");
    expect(lines[3]?.text).toBe("The operator makes the move “give back”: 3 times in all, 1 of them in vain.");
    expect(lines[5]?.text).toContain("Nothing that the team had ever showed it.");
    expect(lines.some(({ text }) => text.includes("never came"))).toBe(false);
  });

  it("names each person once, and of each promise in turn", () => {
    const keys = (...serials: number[]) => ({ keys: serials.map((serial) => ({ serial, what: `thing ${serial}` })) });
    const outcome = { invariants: [keys(1, 2, 3), keys(9, 2)] } as unknown as Outcome;
    expect(namedIn(outcome).map(({ serial }) => serial)).toEqual([1, 9, 2, 3]);
  });

  it("says what became of somebody", () => {
    const fate = { serial: 1, what: "order 1", came: 0, made: [["send", 2], ["take back", 1]] as [string, number][], broken: [0], told: "ok" };
    expect(fateWords(back, fate)).toBe("sent twice");
    expect(madeWords(fate)).toBe("send twice, take back once");
    expect(fateWords(back, { ...fate, broken: [] })).toBe("no promise broken");
    expect(fateWords(back, undefined)).toBe("did not come");
  });

  it("has other crowds, whatever the number of this one", () => {
    expect(seedsAfter("18446744073709551615", 2)).toEqual(["0", "1"]);
    expect(range([3, 1, 2], String)).toBe("1 to 3");
    expect(range([2, 2], String)).toBe("2");
  });
});
