// What a level stands on: the cited notes, each with its moment, its kind and the line it speaks for.
import type { Area, AreaScore, NoteForScoring } from "../api/types";
import { clock } from "../shared/time";
import { kindWords, promptedWord } from "./words";

interface EvidenceProps {
  area: Area;
  score: AreaScore;
  notes: NoteForScoring[];
  onRemove: ((entry: string) => void) | null;
  onBehaviour: ((entry: string, behaviour: string | null) => void) | null;
  /** Shows the moment in the record. */
  onMoment: (note: NoteForScoring) => void;
}

export function Evidence({ area, score, notes, onRemove, onBehaviour, onMoment }: EvidenceProps) {
  if (score.evidence.length === 0)
    return (
      <p className="muted">
        {onRemove
          ? "Nothing yet. Cite a note from your record: a level needs one thing that was said or done."
          : "Nothing was cited."}
      </p>
    );
  return (
    <ol className="evidence">
      {score.evidence.map((cited) => {
        const note = notes.find((one) => one.entry === cited.entry);
        const at_ms = note?.at_ms ?? Math.round(cited.moment.v / 1_000_000);
        const row = area.rubric.behaviours.find((one) => one.id === cited.behaviour);
        return (
          <li key={cited.entry}>
            {note ? (
              <button type="button" className="moment" onClick={() => onMoment(note)}>
                <span className="vh">Show the record at </span>
                {clock(at_ms)}
              </button>
            ) : (
              <span className="muted">{clock(at_ms)}</span>
            )}
            <span className="muted small">{kindWords[cited.kind]}</span>
            <span className="evidence-text prose" dir="auto">
              {note?.text ?? "This note was withdrawn from the record."}
            </span>
            <span className="muted small evidence-how">
              {promptedWord(cited.prompted)}
              {onBehaviour ? (
                <select
                  aria-label="Speaks for"
                  value={cited.behaviour ?? ""}
                  onChange={(event) => onBehaviour(cited.entry, event.target.value || null)}
                >
                  <option value="">the area as a whole</option>
                  {area.rubric.behaviours.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.title}
                    </option>
                  ))}
                </select>
              ) : (
                row && <span>{row.title}</span>
              )}
            </span>
            {onRemove && (
              <button
                type="button"
                className="evidence-x"
                aria-label={`Cite no longer: ${clock(at_ms)}`}
                onClick={() => onRemove(cited.entry)}
              >
                <svg viewBox="0 0 12 12" aria-hidden="true">
                  <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" stroke="currentColor" strokeWidth="1.3" fill="none" />
                </svg>
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
