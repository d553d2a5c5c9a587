// The line at the foot: the keys that work now, read from the registry, and one fact at the end.
import type { ReactNode } from "react";
import { keyLabel } from "./keys/match";
import { keyOf, useActions, useKeySettings } from "./keys/registry";

export function Foot({ end }: { end?: ReactNode }) {
  const settings = useKeySettings();
  const hints: { hint: string; keys: string[]; order: number }[] = [];
  for (const action of useActions()) {
    const key = action.hint ? keyOf(action, settings) : null;
    if (!action.hint || !key) continue;
    const same = hints.find((entry) => entry.hint === action.hint);
    if (same) same.keys.push(key);
    else hints.push({ hint: action.hint, keys: [key], order: action.order ?? 0 });
  }
  hints.sort((a, b) => a.order - b.order);
  return (
    <footer className="foot" aria-label="Keys">
      {hints.map((entry) => (
        <span key={entry.hint}>
          <kbd>{span(entry.keys)}</kbd> {entry.hint}
        </span>
      ))}
      {end && <span className="end">{end}</span>}
    </footer>
  );
}

/** `1–7` for a run of digits, `J K` otherwise. */
function span(keys: string[]): string {
  const labels = keys.map(keyLabel);
  const run = labels.length > 2 && labels.every((label, i) => /^\d$/u.test(label) && Number(label) === Number(labels[0]) + i);
  return run ? `${labels[0]}–${labels[labels.length - 1]}` : labels.join(" ");
}
