import { describe, expect, it } from "vitest";
import type { DrawnBox, Planned, Scenario } from "../wasm/practice";
import { faultWords } from "./faultWords";

const box = (is: DrawnBox["is"], name: string): DrawnBox => ({ is, name, at: 0, column: 0, row: 0 });
const scenario = {
  warm_up: 300_000,
  picture: { boxes: [box("store", "settle"), box("topic", "money"), box("provider", "psp"), box("service", "payments")] },
} as Scenario;
const fault = (minute: number, minutes: number, says: string, boxes: number[]): Planned => ({
  name: "a name",
  at: 300_000 + minute * 60_000,
  lasts: minutes * 60_000,
  says: [says],
  boxes,
});

describe("a fault in words", () => {
  it("says what kind of thing fails, and when", () => {
    const words = [
      fault(8, 10, "settle is down for 10 min", [0]),
      fault(14, 0, "a message in money cannot be read", [1]),
      fault(22, 3, "psp.lost.answer is 20% for 3 min", [2]),
      fault(31, 4, "psp.slow is 6 for 4 min", [2]),
      fault(29, 0, "a replica of payments dies right after payments.charge.psp", [3]),
      fault(1, 2, "elsewhere.size is 3 for 2 min", []),
    ].map((one) => faultWords(scenario, one));
    expect(words).toEqual([
      "The database settle is down for 10 min, from minute 8",
      "A message in the message log money cannot be read, in minute 14",
      "The outside provider psp loses 20% of its answers on the way back for 3 min, from minute 22",
      "The outside provider psp takes 6 times as long for 4 min, from minute 31",
      "A replica of the service payments dies right after payments.charge.psp, in minute 29",
      "Elsewhere.size is 3 for 2 min, from minute 1",
    ]);
  });
});
