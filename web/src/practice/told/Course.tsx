// The course of a run, in order. A moment opens the picture where it stood then.
import type { Back, Scenario } from "../../wasm/practice";
import { clock } from "../format";
import { courseOf } from "../tale";

const KIND = { fault: "fault", shown: "first sign", move: "move", harm: "harm", end: "" };

export function Course({ scenario, back, show, look }: { scenario: Scenario; back: Back; show: (at: number) => void; look: (serial: number) => void }) {
  return (
    <ol className="px-course">
      {courseOf(scenario, back).map((line) => (
        <li key={`${line.at} ${line.text}`} className={line.kind}>
          <button type="button" className="px-when" onClick={() => show(line.at)} aria-label={`Show the system at ${clock(line.at - scenario.warm_up)}`}>
            {clock(line.at - scenario.warm_up)}
          </button>
          <span className="px-kind">{KIND[line.kind]}</span>
          <span className="px-what">
            {line.text}
            {line.quote && <q dir="auto">{line.quote}</q>}
            {line.serial !== undefined && (
              <button type="button" className="btn quiet" onClick={() => look(line.serial ?? 0)}>
                Their history
              </button>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
