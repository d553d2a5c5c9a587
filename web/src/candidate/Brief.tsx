// What the interview is about, for whoever is interviewed: the story, what is wanted, what one can do,
// and what is assessed. It is there days before, and whenever nothing else is shown.
import type { CandidateBrief } from "../api/types";

export function Brief({ brief }: { brief: CandidateBrief }) {
  return (
    <article className="c-brief">
      <h2 dir="auto">{brief.title}</h2>
      <Paragraphs text={brief.story} />
      <h3>What is wanted</h3>
      <Paragraphs text={brief.task} />
      <h3>What you can do</h3>
      <Lines lines={brief.can} />
      <h3>What is assessed</h3>
      <Lines lines={brief.assessed} />
    </article>
  );
}

function Paragraphs({ text }: { text: string }) {
  return text
    .split(/\n\s*\n/u)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph, place) => (
      <p key={place} className="reading pretty" dir="auto">
        {paragraph.replace(/\s*\n\s*/gu, " ").trim()}
      </p>
    ));
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li key={line} className="pretty" dir="auto">
          {line}
        </li>
      ))}
    </ul>
  );
}
