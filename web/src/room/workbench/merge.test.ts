import { expect, test } from "vitest";
import { mergeText } from "./merge";

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
