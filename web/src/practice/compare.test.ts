import { describe, expect, it } from "vitest";
import type { Question, Told } from "../wasm/practice";
import { align, answerTo, changed, differs, sameChoices } from "./compare";

const step = (text: string, part = "payments", more: Partial<Told> = {}): Told => ({
  after: 0,
  until: null,
  is: "service",
  part,
  text,
  seen: "joined",
  weighs: null,
  breaks: null,
  click: null,
  attempt: null,
  ...more,
});
const texts = (rows: ReturnType<typeof align>) => rows.map(({ left, right }) => [left?.text ?? null, right?.text ?? null]);

describe("two histories", () => {
  it("stand in one row where they are the same, and do not fall apart after a difference", () => {
    const rows = align(
      ["clicks", "stops waiting", "clicks again", "has done it", "ends"].map((text) => step(text)),
      ["clicks", "stops waiting", "calls again", "ends"].map((text) => step(text)),
    );
    expect(texts(rows)).toEqual([
      ["clicks", "clicks"],
      ["stops waiting", "stops waiting"],
      ["clicks again", null],
      ["has done it", null],
      [null, "calls again"],
      ["ends", "ends"],
    ]);
    expect(rows.map(differs)).toEqual([false, false, true, true, true, false]);
  });

  it("never have the second click here opposite the second attempt there", () => {
    const click = (n: number) => step(n > 1 ? "clicks again" : "clicks", "shoppers", { is: "client", click: n });
    const told = (how: string) => step(`is told ${how}`, "shoppers", { is: "client" });
    const call = (n: number) => step(n > 1 ? "calls psp again" : "calls psp", "payments", { attempt: n });
    const does = step("receives capture", "psp");
    const rows = align(
      [click(1), call(1), does, told("nothing"), click(2), call(1), does, told("ok"), step("ends")],
      [click(1), call(1), does, call(2), does, told("ok"), step("ends")],
    );
    expect(texts(rows)).toEqual([
      ["clicks", "clicks"],
      ["calls psp", "calls psp"],
      ["receives capture", "receives capture"],
      ["is told nothing", null],
      ["clicks again", null],
      ["calls psp", null],
      ["receives capture", null],
      ["is told ok", null],
      [null, "calls psp again"],
      [null, "receives capture"],
      [null, "is told ok"],
      ["ends", "ends"],
    ]);
  });

  it("have opposite each other what came out otherwise", () => {
    const rows = align([step("answers charge: nobody knows")], [step("answers charge: ok")]);
    expect(texts(rows)).toEqual([["answers charge: nobody knows", "answers charge: ok"]]);
    expect(rows.map(differs)).toEqual([true]);
  });

  it("are the same when only ids and times are others", () => {
    const rows = align([step("charge 1006110 is captured, 84.20 USD")], [step("charge 1006131 is captured, 84.20 USD")]);
    expect(rows).toHaveLength(1);
    expect(rows.some(differs)).toBe(false);
    expect(align([step("ends", "buy")], [step("ends", "checkout")]).some(differs)).toBe(true);
  });

  it("loses no step, whatever the two are", () => {
    const words = ["a", "b", "c"];
    for (let n = 0; n < 200; n++) {
      const some = (seed: number) => Array.from({ length: (n * seed) % 9 }, (_, at) => step(words[(at * seed + n) % 3] ?? "a"));
      const [left, right] = [some(7), some(5)];
      const rows = align(left, right);
      expect(rows.flatMap((row) => (row.left ? [row.left] : []))).toEqual(left);
      expect(rows.flatMap((row) => (row.right ? [row.right] : []))).toEqual(right);
    }
  });
});

describe("two sets of answers", () => {
  const option = (name: string, found = false) => ({ name, says: "", sets: [], default: found, costs: "" });
  const questions: Question[] = [
    { name: "no_answer", ask: "What now?", options: [option("stop", true), option("again")], between: null },
    { name: "wait", ask: "How long?", options: [], between: { sets: "a.timeout", from: "1s", to: "9s", default: "2s" } },
  ];

  it("leave what is not answered as found", () => {
    expect(questions.map((question) => answerTo(question, { wait: "5s" }))).toEqual(["stop", "5s"]);
    expect(changed(questions, { no_answer: "stop", wait: "5s" })).toEqual({ wait: "5s" });
    expect(sameChoices(questions, {}, { no_answer: "stop", wait: "2s" })).toBe(true);
    expect(sameChoices(questions, {}, { no_answer: "again" })).toBe(false);
  });
});
