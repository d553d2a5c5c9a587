// A result as an address: which scenario, which customers, which decisions, whom one looks at, and the digest that the sender
// had. Everything stands behind the `#`, so that no server ever sees it.
import type { Choices } from "../wasm/practice";

export interface Shared {
  scenario: string;
  /** The first digits of the scenario's hash. */
  hash: string;
  seed: string;
  choices: Choices;
  /** The number of the customer who is looked at. */
  key: number | null;
  digest: string | null;
  /** Whether the run is told back. */
  tell?: boolean;
}

export const HASH_DIGITS = 12;
const DECIDED = "do.";

export function encode(shared: Shared): string {
  const words = new URLSearchParams({ scenario: shared.scenario, hash: shared.hash.slice(0, HASH_DIGITS), customers: shared.seed });
  for (const name of Object.keys(shared.choices).sort()) words.set(DECIDED + name, shared.choices[name] ?? "");
  if (shared.key !== null) words.set("look", String(shared.key));
  if (shared.digest) words.set("digest", shared.digest);
  if (shared.tell) words.set("tell", "1");
  return `#${words}`;
}

/** Which scenario an address names, also one that says nothing else: that opens it, and runs nothing. */
export const scenarioIn = (fragment: string): string | null => new URLSearchParams(fragment.replace(/^#/u, "")).get("scenario") || null;

export const bare = (scenario: string): string => `#${new URLSearchParams({ scenario })}`;

/** Null when it is not such an address; whatever else somebody typed there is no reason to fail. */
export function decode(fragment: string): Shared | null {
  const words = new URLSearchParams(fragment.replace(/^#/u, ""));
  const scenario = words.get("scenario");
  const seed = words.get("customers");
  if (!scenario || !seed || !/^\d{1,20}$/u.test(seed) || BigInt(seed) >= 1n << 64n) return null;
  const choices: Choices = {};
  for (const [name, value] of words) if (name.startsWith(DECIDED)) choices[name.slice(DECIDED.length)] = value;
  const key = words.get("look");
  const digest = words.get("digest");
  return {
    scenario,
    hash: words.get("hash") ?? "",
    seed,
    choices,
    key: key && /^\d{1,15}$/u.test(key) ? Number(key) : null,
    digest: digest && /^[0-9a-f]{16}$/u.test(digest) ? digest : null,
    ...(words.get("tell") === "1" ? { tell: true } : {}),
  };
}

export type Verdict = "same" | "other scenario" | "other bits" | "nothing to compare";

/** Whether what was computed here is what the sender saw. */
export function verdict(sent: Shared, here: { hash: string; digest: string }): Verdict {
  if (sent.hash && !here.hash.startsWith(sent.hash)) return "other scenario";
  if (!sent.digest) return "nothing to compare";
  return sent.digest === here.digest ? "same" : "other bits";
}
