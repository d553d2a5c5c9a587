// A prompt in the preview: its first lines, the rest on request.
import { useLayoutEffect, useRef, useState } from "react";

interface PromptTextProps {
  text: string;
  /** What it is, for the button that shows all of it. */
  what?: string;
  /** How many more prompts the interview has. */
  more: number;
}

export function PromptText({ text, what = "prompt", more }: PromptTextProps) {
  const [whole, setWhole] = useState(false);
  const [cut, setCut] = useState(false);
  const ref = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => {
    const look = () => {
      const element = ref.current;
      if (element && !whole) setCut(element.scrollHeight > element.clientHeight + 1);
    };
    look();
    window.addEventListener("resize", look);
    return () => window.removeEventListener("resize", look);
  }, [text, whole]);
  return (
    <div className="start-prompt">
      <p ref={ref} className={whole ? "reading" : "reading start-clamp"} dir="auto">
        {text.replace(/\s*\n\s*\n\s*/gu, "\u2029").replace(/\s+/gu, " ").replaceAll("\u2029", "\n\n")}
      </p>
      {(cut || more > 0) && (
        <p className="small muted">
          {cut && (
            <button type="button" className="link" aria-expanded={whole} onClick={() => setWhole(!whole)}>
              {whole ? "Show less" : `Whole ${what}`}
            </button>
          )}
          {cut && more > 0 && " · "}
          {more > 0 && (more === 1 ? "a second prompt follows" : `${more} more prompts follow`)}
        </p>
      )}
    </div>
  );
}
