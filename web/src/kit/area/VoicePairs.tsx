// Two spoken answers to one question, side by side, and the follow-up that tells them apart.
import type { FollowUp, Prompt, Voices } from "../../api/types";
import { questionText } from "../find";
import { firstParagraph } from "../find";
import { quoted } from "../parts";

interface Asked {
  prompts: Prompt[];
  follow_ups: FollowUp[];
  voices: Voices[];
}

/** `asked` is an area, or a phase of a plan. */
export function VoicePairs({ asked }: { asked: Asked }) {
  return (
    <ul className="kit-voices">
      {asked.voices.map((pair) => {
        const isPrompt = asked.prompts.some((prompt) => prompt.id === pair.question);
        return (
          <li key={`${pair.question}/${pair.split_by}`}>
            {isPrompt ? (
              <p className="muted small">To the prompt{asked.prompts.length > 1 && <>: {opening(questionText(asked, pair.question))}</>}</p>
            ) : (
              <p className="pretty" dir="auto">
                <span className="muted small">Asked: </span>
                {questionText(asked, pair.question)}
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
              <b>Splits them:</b> {quoted(questionText(asked, pair.split_by))}
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
