// Keys by name, such as `n`, `Enter`, `Space`, `Mod+Enter`, `Alt+1`, `?`: how a press is compared with
// a name, how a press is named, and how a name is written for the reader.

const mac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/u.test(navigator.platform);

interface Press {
  key: string;
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** The name of a press, or null for one that cannot be a key of ours (a lone modifier, a dead key). */
export function nameOf(press: Press): string | null {
  if (["Control", "Meta", "Alt", "Shift", "AltGraph", "Dead", "Process", "Unidentified", "CapsLock"].includes(press.key))
    return null;
  let key = press.key === " " ? "Space" : press.key;
  // With Alt, a Mac types "¡" for 1: the key's place says more than what it typed.
  const digit = /^Digit(\d)$/u.exec(press.code ?? "");
  if (press.altKey && digit?.[1]) key = digit[1];
  if (key.length === 1) key = key.toLowerCase();
  const parts: string[] = [];
  if (press.ctrlKey || press.metaKey) parts.push("Mod");
  if (press.altKey) parts.push("Alt");
  // A symbol such as "?" needs Shift on some keyboards and not on others; its name is the symbol.
  const letter = key.length === 1 && key.toUpperCase() !== key.toLowerCase();
  if (press.shiftKey && (letter || key.length > 1)) parts.push("Shift");
  return [...parts, key].join("+");
}

export function matches(press: Press, name: string): boolean {
  const pressed = nameOf(press);
  return pressed !== null && pressed.toLowerCase() === canonical(name).toLowerCase();
}

function canonical(name: string): string {
  if (name === "+") return name;
  const parts = name.split("+");
  const key = parts.pop() ?? "";
  const order = ["Mod", "Alt", "Shift"].filter((modifier) => parts.includes(modifier));
  return [...order, key].join("+");
}

const words: Record<string, string> = {
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/** `Mod+Enter` is written `⌘ ↵` on a Mac and `Ctrl Enter` elsewhere. */
export function keyLabel(name: string): string {
  if (name === "+") return name;
  return name
    .split("+")
    .map((part) => {
      if (part === "Mod") return mac ? "⌘" : "Ctrl";
      if (part === "Alt") return mac ? "⌥" : "Alt";
      if (part === "Enter" && mac && name !== "Enter") return "↵";
      return words[part] ?? (part.length === 1 ? part.toUpperCase() : part);
    })
    .join(" ");
}

/** A lone character: the kind of key that WCAG 2.1.4 wants to be remapped or switched off. */
export const isCharacter = (name: string): boolean => !/^(Mod|Alt)\+/u.test(name) && (name.length === 1 || name === "Space" || name.startsWith("Shift+"));
