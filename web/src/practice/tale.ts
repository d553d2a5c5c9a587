// A run told back: its course in order, whom it hurt, and what became of the same people under other designs. Words and lists
// alone; what is computed, and when, stands in useTale.ts.
import type { Back, Fate, Outcome, Scenario } from "../wasm/practice";
import { faultSays } from "./faultWords";
import { clock, count } from "./format";

/** One line of the course of a run. */
export interface Line {
  /** Milliseconds after virtual 0. */
  at: number;
  kind: "fault" | "shown" | "move" | "harm" | "end";
  text: string;
  /** In somebody's own words. */
  quote?: string;
  /** Whose words. */
  serial?: number;
}

const times = (n: number) => (n === 1 ? "once" : n === 2 ? "twice" : `${count(n)} times`);

/** What happened, in the order of time. */
export function courseOf(scenario: Scenario, back: Back): Line[] {
  const lines: Line[] = [];
  for (const [at, fault] of back.faults.entries()) {
    const planned = scenario.faults[at];
    if (!planned || fault.began === null) continue;
    const unseen = fault.shown ? "" : " Nothing that the team had ever showed it.";
    lines.push({ at: fault.began, kind: "fault", text: `${faultSays(scenario, planned)}.${unseen}` });
    if (fault.shown) {
      const { at: seen, by, what, serial } = fault.shown;
      const later = seen - fault.began;
      const when = later < 1000 ? "at once" : `${clock(later)} after it began`;
      const said = {
        alert: `the alert “${what}”`,
        ticket: "somebody who wrote",
        move: `somebody who made the move “${what}”`,
        gate: "a gate of its roll-out, which stopped it",
      }[by];
      const already = by === "alert" && later < 1000;
      const text = `${fault.name}: ${already ? `the alert “${what}” was ringing already.` : `first shown by ${said}, ${when}.`}`;
      lines.push({ at: seen, kind: "shown", text, ...(by === "ticket" ? { quote: what } : {}), ...(serial !== null ? { serial } : {}) });
    }
    if (fault.ended !== null) lines.push({ at: fault.ended, kind: "end", text: `${fault.name} is over.` });
  }
  for (const { name, first, made, vain } of back.moves) {
    if (first === null) continue;
    const nothing = vain > 0 ? `, ${count(vain)} of them in vain` : "";
    lines.push({ at: first, kind: "move", text: `The operator makes the move “${name}”: ${times(made)} in all${nothing}.` });
  }
  for (const { called, first, broken } of back.promises)
    if (first !== null) lines.push({ at: first, kind: "harm", text: `“${called}” for the first time; ${count(broken)} by the end.` });
  lines.push({ at: scenario.warm_up + scenario.play, kind: "end", text: "Nobody arrives any more. What was begun is finished." });
  const order = ["fault", "end", "harm", "shown", "move"];
  return lines.sort((one, other) => one.at - other.at || order.indexOf(one.kind) - order.indexOf(other.kind));
}

/** Those whom the run names, each once: one of each promise in turn, so that the first few are not all of one kind. */
export function namedIn(outcome: Outcome): { serial: number; what: string }[] {
  const named = new Map<number, string>();
  const most = Math.max(0, ...outcome.invariants.map(({ keys }) => keys.length));
  for (let at = 0; at < most; at++)
    for (const { keys } of outcome.invariants) {
      const key = keys[at];
      if (key && !named.has(key.serial)) named.set(key.serial, key.what);
    }
  return [...named].map(([serial, what]) => ({ serial, what }));
}

/** What became of one person, promise by promise; nothing when none was broken. */
export function brokenFor(back: Back, fate: Fate | undefined): { called: string; customer: boolean }[] {
  const broken = (fate?.broken ?? []).flatMap((at) => back.promises[at] ?? []);
  return broken.map(({ called, hurts }) => ({ called, customer: hurts === "customer" }));
}

/** The same in one line: `charged twice; never settled`. */
export function fateWords(back: Back, fate: Fate | undefined): string {
  if (!fate) return "did not come";
  return brokenFor(back, fate).map(({ called }) => called).join("; ") || "no promise broken";
}

/** What was done for them at somebody else's: `charge twice, refund once`. */
export function madeWords(fate: Fate | undefined): string {
  return (fate?.made ?? []).map(([what, often]) => `${what} ${times(often)}`).join(", ");
}

/** The customers of other runs: the numbers that follow, as “New customers” would bring them. */
export function seedsAfter(seed: string, many: number): string[] {
  const whole = 1n << 64n;
  return Array.from({ length: many }, (_, at) => String((BigInt(seed) + BigInt(at) + 1n) % whole));
}

/** One figure over several crowds: `3`, or `0 to 12`. */
export function range(figures: number[], show: (figure: number) => string): string {
  const [low, high] = [Math.min(...figures), Math.max(...figures)];
  return low === high ? show(low) : `${show(low)} to ${show(high)}`;
}
