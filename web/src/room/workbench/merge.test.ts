import { expect, test } from "vitest";
import { mergeText, moved } from "./merge";

test("who changed nothing gets what the other wrote", () => {
  expect(mergeText("a\nb", "a\nb", "a\nc")).toBe("a\nc");
  expect(mergeText("a\nb", "x\nb", "a\nb")).toBe("x\nb");
  expect(mergeText("a", "b", "b")).toBe("b");
});

test("changes of different lines both stand, whichever came first", () => {
  expect(mergeText("a\nb\nc", "A\nb\nc", "a\nb\nC")).toBe("A\nb\nC");
  expect(mergeText("a\nb\nc", "a\nb\nC", "A\nb\nc")).toBe("A\nb\nC");
  expect(mergeText("a\nb\nc", "b\nc", "a\nb\nc\nd")).toBe("b\nc\nd");
});

test("of the same lines both wordings stand, theirs first; the same wording stands once", () => {
  expect(mergeText("a\nb\nc", "a\nmine\nc", "a\ntheirs\nc")).toBe("a\ntheirs\nmine\nc");
  expect(mergeText("", "mine", "theirs")).toBe("theirs\nmine");
});

test("whatever two people write, no line that either added is lost", () => {
  let seed = 3;
  const draw = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 400; round += 1) {
    const base = Array.from({ length: draw(6) }, (_, n) => `base ${n}`);
    const edit = (who: string) => {
      const lines = [...base];
      for (let n = draw(3); n >= 0; n -= 1) lines.splice(draw(lines.length + 1), draw(2), `${who} ${round} ${n}`);
      return lines;
    };
    const [mine, theirs] = [edit("mine"), edit("theirs")];
    const merged = mergeText(base.join("\n"), mine.join("\n"), theirs.join("\n")).split("\n");
    for (const line of [...mine, ...theirs]) if (!line.startsWith("base")) expect(merged).toContain(line);
  }
});

test("who changed two places gets no line twice that another changed between them", () => {
  const base = "a\nb\nc\nd\ne";
  expect(mergeText(base, "top\na\nb\nc\nd\ne\nend", "a\nb\nC\nd\ne")).toBe("top\na\nb\nC\nd\ne\nend");
  expect(mergeText(base, "a\nb\nC\nd\ne", "A\nb\nc\nd\nE")).toBe("A\nb\nC\nd\nE");
});

test("a pad of nothing but empty lines is laid together as well", () => {
  const [base, mine, theirs] = ["\n".repeat(40_000), `mine${"\n".repeat(39_000)}`, `${"\n".repeat(39_500)}theirs`];
  const merged = mergeText(base, mine, theirs);
  expect(merged).toContain("mine");
  expect(merged).toContain("theirs");
  expect(moved(base, merged, 40_000)).toBeLessThanOrEqual(merged.length);
});

test.each([
  ["below", "who re|", "top\n", ""],
  ["above", "who re|", "", "\nend"],
  ["on both sides", "who| re", "top\n", "\nend"],
  ["as a line above an empty one", "|", "top\n", ""],
  ["beside it on its own line", "who re| funds", "so: ", "?"],
])("a cursor stays between its words when others write %s", (_where, mine, above, below) => {
  const at = mine.indexOf("|");
  const text = mine.replace("|", "");
  const before = `a\n${text}\nz`;
  expect(moved(before, `a\n${above}${text}${below}\nz`, 2 + at)).toBe(2 + above.length + at);
});

test("a cursor is never outside the text", () => {
  expect(moved("a\nlast", "a", 6)).toBe(1);
  expect(moved("gone", "", 4)).toBe(0);
  expect(moved("", "new", 0)).toBe(0);
  for (let at = 0; at <= 5; at += 1) expect(moved("ab\ncd", "x", at)).toBeLessThanOrEqual(1);
});

test("whoever goes on in the middle of a word, after others wrote, has that word in one piece", () => {
  let seed = 11;
  const draw = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 1000; round += 1) {
    const base = Array.from({ length: draw(6) }, (_, n) => `base ${n}`);
    const mine = base.toSpliced(draw(base.length + 1), draw(2), "settle").join("\n");
    let theirs = base;
    for (let n = draw(3); n >= 0; n -= 1) theirs = theirs.toSpliced(draw(theirs.length + 1), draw(2), `theirs ${n}`);
    const merged = mergeText(base.join("\n"), mine, theirs.join("\n"));
    const at = moved(mine, merged, mine.indexOf("settle") + "settle".length);
    expect(`${merged.slice(0, at)}ment${merged.slice(at)}`.split("\n")).toContain("settlement");
  }
});
