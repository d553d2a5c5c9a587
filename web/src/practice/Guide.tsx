// Three lines for whoever is here for the first time, each in its turn and then done. Not a tour: nothing waits for them.
import { useEffect, useState } from "react";
import { remembered } from "../shared/store";

export interface Steps {
  ran: boolean;
  opened: boolean;
  compared: boolean;
}

const LINES: [keyof Steps, string][] = [
  ["ran", "Run. An hour of this shop takes about a second."],
  ["opened", "Open a customer who was hurt, and read what happened to them."],
  ["compared", "Change one decision, and run again with the same customers."],
];

const KEPT = "practice.guided";

export function Guide({ steps }: { steps: Steps }) {
  const [gone, hide] = useState(() => remembered.read(KEPT) !== null);
  // Once all three were done, they are not shown on the next visit; on this one they stay, ticked.
  const all = steps.ran && steps.opened && steps.compared;
  useEffect(() => {
    if (all) remembered.write(KEPT, "yes");
  }, [all]);
  if (gone) return null;
  const next = LINES.find(([step]) => !steps[step])?.[0];
  return (
    <section className="px-guide" aria-label="Three steps">
      <ol>
        {LINES.map(([step, text], at) => (
          <li key={step} className={steps[step] ? "done" : step === next ? "next" : undefined} aria-current={step === next ? "step" : undefined}>
            <span className="px-number" aria-hidden="true">
              {steps[step] ? "✓" : at + 1}
            </span>
            <span>
              {text}
              {steps[step] && <span className="vh"> Done.</span>}
            </span>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="btn quiet"
        onClick={() => {
          remembered.write(KEPT, "yes");
          hide(true);
        }}
      >
        {all ? "Done" : "Hide"}
      </button>
    </section>
  );
}
