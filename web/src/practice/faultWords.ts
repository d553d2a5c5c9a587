// A fault in words, from what the module says of it: "the database settle is down for 10 min, from minute 8". The module
// names parts and paths as the scenario's files do; whoever has not read those needs to be told what kind of thing it is.
import type { DrawnBox, Planned, Scenario } from "../wasm/practice";
import { capital } from "./format";

const KINDS: Record<DrawnBox["is"], string> = {
  client: "",
  service: "the service",
  store: "the database",
  topic: "the message log",
  provider: "the outside provider",
};

/** What a changed value means, by the end of its path. */
const VALUES: [RegExp, (part: string, value: string) => string][] = [
  [/^lost\.answer$/u, (part, value) => `${part} loses ${value} of its answers on the way back`],
  [/^lost\.request$/u, (part, value) => `${value} of the requests to ${part} are lost on the way`],
  [/(^|\.)slow$/u, (part, value) => `${part} takes ${value} times as long`],
];

/** One sentence, beginning with a capital letter and without an end. */
export function faultWords(scenario: Scenario, fault: Planned): string {
  const minute = Math.round((fault.at - scenario.warm_up) / 60_000);
  return `${faultSays(scenario, fault)}, ${fault.lasts > 0 ? "from" : "in"} minute ${minute}`;
}

/** The same without its minute. */
export function faultSays(scenario: Scenario, fault: Planned): string {
  const struck = [...new Set(fault.boxes)].flatMap((at) => scenario.picture.boxes[at] ?? []);
  const named = (name: string) => {
    const kind = struck.find((box) => box.name === name);
    return kind && KINDS[kind.is] ? `${KINDS[kind.is]} ${name}` : name;
  };
  const words = fault.says.map((says) => {
    const [, path = "", value = "", lasts = ""] = /^(\S+\.\S+) is (.+?)( for \d.*)?$/u.exec(says) ?? [];
    const dot = path.indexOf(".");
    const meaning = VALUES.find(([end]) => dot > 0 && end.test(path.slice(dot + 1)));
    if (meaning) return meaning[1](named(path.slice(0, dot)), value) + lasts;
    return struck.reduce((text, { name }) => text.replace(new RegExp(`(?<![\\w.])${name}(?![\\w.])`, "u"), named(name)), says);
  });
  return capital(words.join(", and "));
}
