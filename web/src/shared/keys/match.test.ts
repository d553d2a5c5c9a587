import { describe, expect, it } from "vitest";
import { isCharacter, keyLabel, matches, nameOf } from "./match";

const press = (key: string, changes: Partial<Parameters<typeof nameOf>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...changes,
});

describe("names of keys", () => {
  it.each([
    ["n", press("n"), true],
    ["n", press("N", { shiftKey: true }), false],
    ["Shift+n", press("N", { shiftKey: true }), true],
    ["n", press("n", { ctrlKey: true }), false],
    ["Mod+Enter", press("Enter", { metaKey: true }), true],
    ["Mod+Enter", press("Enter", { ctrlKey: true }), true],
    ["Space", press(" "), true],
    ["?", press("?", { shiftKey: true }), true],
    ["/", press("/"), true],
    ["Alt+1", press("¡", { altKey: true, code: "Digit1" }), true],
    ["Shift+Enter", press("Enter", { shiftKey: true }), true],
    ["Enter", press("Enter", { shiftKey: true }), false],
  ])("%s", (name, pressed, same) => {
    expect(matches(pressed, name)).toBe(same);
  });

  it("ignores lone modifiers and dead keys", () => {
    expect(nameOf(press("Shift", { shiftKey: true }))).toBeNull();
    expect(nameOf(press("Dead"))).toBeNull();
  });

  it("writes keys as a reader expects them", () => {
    expect(keyLabel("n")).toBe("N");
    expect(keyLabel("Escape")).toBe("Esc");
    expect(keyLabel("\\")).toBe("\\");
  });

  it("knows which keys a person who dictates must be able to switch off", () => {
    expect(["n", "1", "/", "Space", "Shift+n"].every(isCharacter)).toBe(true);
    expect(["Mod+k", "Alt+1", "Enter", "Escape", "ArrowUp"].some(isCharacter)).toBe(false);
  });
});
