// The steps of a sound answer along a line; the one that polished answers leave out is dashed.
import type { SoundAnswer as Answer } from "../../api/types";
import { Prose } from "../parts";

export function SoundAnswer({ answer }: { answer: Answer }) {
  const columns = answer.steps.length > 5 ? 3 : answer.steps.length;
  return (
    <>
      <ol className={`kit-steps kit-steps-${columns}`}>
        {answer.steps.map((step) => (
          <li key={step.title} className={step.often_missing ? "missing" : undefined}>
            <b>{step.title}</b>
            <span className="pretty">{step.text}</span>
            {step.often_missing && <span className="muted">often left out</span>}
          </li>
        ))}
      </ol>
      <Prose className="kit-reading" text={answer.text} />
    </>
  );
}
