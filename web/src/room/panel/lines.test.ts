import { expect, test } from "vitest";
import type { Mark, Ticket, Verdict } from "../wire";
import { linesOf } from "./lines";

const reply: Mark = { seq: 9, v: 60e9, kind: "reply", label: "T3", text: "Answers order 8123", who: "Seun", panel: false } as Mark;
const answered = (verdict: Verdict, right: boolean | null): Ticket => ({ number: 3, reply: { v: 60e9, verdict, words: "…" }, right }) as Ticket;
const said = (tickets: Ticket[]) => linesOf([reply], [], "t", [], tickets)[0]?.text;

test("what a customer was told stands beside whether it is so", () => {
  expect(said([answered("it_is_so", true)])).toBe("Answers order 8123: right");
  expect(said([answered("it_is_not", false)])).toBe("Answers order 8123: wrong");
});

test("who cannot tell yet is neither right nor wrong", () => {
  expect(said([answered("cannot_tell", null)])).toBe("Answers order 8123");
  expect(said([])).toBe("Answers order 8123");
});
