// Two spoken answers to one question, side by side, and the follow-up that tells them apart.
import type { Area } from "../../api/types";
import { questionText } from "../find";
import { firstParagraph } from "../find";
import { quoted } from "../parts";

export function VoicePairs({ area }: { area: Area }) {
  return (
    <ul className="kit-voices">
      {area.voices.map((pair) => {
        const isPrompt = area.prompts.some((prompt) => prompt.id === pair.question);
        return (
          <li key={`${pair.question}/${pair.split_by}`}>
            {isPrompt ? (
              <p className="muted small">To the prompt{area.prompts.length > 1 && <>: {opening(questionText(area, pair.question))}</>}</p>
            ) : (
              <p className="pretty" dir="auto">
                <span className="muted small">Asked: </span>
                {questionText(area, pair.question)}
              </p>
            )}
            <div className="kit-two">
              <div>
                <h3>Polished, shallow</h3>
                <blockquote className="reading pretty" dir="auto">
                  {quoted(pair.shallow)}
                </blockquote>
              </div>
              <div>
                <h3>Lived</h3>
                <blockquote className="reading pretty" dir="auto">
                  {quoted(pair.lived)}
                </blockquote>
              </div>
            </div>
            <p className="kit-split" dir="auto">
              <b>Splits them:</b> {quoted(questionText(area, pair.split_by))}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

/** Enough of a prompt to know which one is meant. */
function opening(text: string): string {
  const words = firstParagraph(text).split(/\s+/u);
  return words.length > 12 ? `${words.slice(0, 12).join(" ")} …` : words.join(" ");
}
