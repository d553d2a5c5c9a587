import { expect, test } from "vitest";
import type { Mark, Ticket, Verdict } from "../wire";
import { linesOf } from "./lines";

const reply: Mark = { seq: 9, v: 60e9, kind: "reply", label: "T3", text: "Answers order 8123", who: "Seun", panel: false } as Mark;
const answered = (verdict: Verdict, right: boolean | null): Ticket => ({ number: 3, reply: { v: 60e9, verdict, words: "…" }, right }) as Ticket;
const said = (tickets: Ticket[]) => linesOf([reply], [], "t", { tickets })[0]?.text;

test("what a customer was told stands beside whether it is so", () => {
  expect(said([answered("it_is_so", true)])).toBe("Answers order 8123: right");
  expect(said([answered("it_is_not", false)])).toBe("Answers order 8123: wrong");
});

test("who cannot tell yet is neither right nor wrong", () => {
  expect(said([answered("cannot_tell", null)])).toBe("Answers order 8123");
  expect(said([])).toBe("Answers order 8123");
});

const mark = (seq: number | null, v: number, kind: Mark["kind"], text: string): Mark => ({ seq, v, kind, label: "", text, words: "", who: "", panel: true });

test("steps through the speeds are one change; what happened between them parts it", () => {
  const marks = [
    mark(1, 1e9, "speed", "Speed 1× to 2×"),
    mark(2, 2e9, "speed", "Speed 2× to 4×"),
    mark(null, 3e9, "ticket", "order 8123 charged twice"),
    mark(3, 3e9, "speed", "Speed 4× to 1×"),
    mark(4, 90e9, "speed", "Speed 1× to 2×"),
    mark(5, 200e9, "speed", "Speed 2× to 1×"),
    mark(6, 201e9, "speed", "Speed 1× to 2×"),
  ];
  expect(linesOf(marks, [], "t").map((line) => line.text)).toEqual([
    "Speed 1× to 4×",
    "order 8123 charged twice",
    "Speed 4× to 1×",
    "Speed 1× to 2×",
  ]);
});

test("a fault is called what the plan calls it", () => {
  const faults = [{ name: "settle_db_down", title: "Settlement’s store is down" }];
  const lines = linesOf([mark(1, 1e9, "noticed", "They noticed: settle db down, after 2:40")], [], "t", { faults });
  expect(lines[0]?.text).toBe("They noticed: Settlement’s store is down, after 2:40");
});
