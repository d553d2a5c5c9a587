// One area being scored (or read): rubric, level, evidence, the sentence, confidence, and the notes at
// its side. It edits whatever score it is given; where that goes is its caller's business.
import { type ReactNode, useRef, useState } from "react";
import type { Area, AreaScore, Confidence, InterviewLite, Level, NoteForScoring } from "../api/types";
import { type Action, useKeyName, useKeys } from "../shared/keys/useKeys";
import { ConfidenceMark } from "../shared/marks";
import { Evidence } from "./Evidence";
import { notesFor, rowOfNote } from "./moments";
import { Notes } from "./Notes";
import { type Cell, Rubric } from "./Rubric";
import { LEVELS, withBehaviour, withConfidence, withLevel, withNote, withoutEvidence, withSeen } from "./score";

export type Edit = (change: (score: AreaScore) => AreaScore) => void;

interface AreaEditorProps {
  area: Area;
  areas: Area[];
  score: AreaScore;
  /** Null: to be read only. */
  edit: Edit | null;
  notes: NoteForScoring[];
  interviews: InterviewLite[];
  onMoment: (note: NoteForScoring) => void;
  onAddNote: (() => void) | null;
  pencilled?: Level | "not_assessed" | null;
  /** Head of the middle column. */
  head: ReactNode;
  /** After the fields: amendments, the reason of one. */
  foot?: ReactNode;
}

const confidences: readonly Confidence[] = [1, 2, 3];
const cite = { id: "scorecard.cite", key: "e" };

export function AreaEditor(props: AreaEditorProps) {
  const { area, areas, score, edit, notes, interviews, onMoment, onAddNote, head, foot } = props;
  const [cell, setCell] = useState<Cell>({ row: 0, column: 0 });
  const [all, setAll] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const middle = useRef<HTMLDivElement>(null);
  const side = useRef<HTMLElement>(null);
  const shown = notesFor(area.id, notes, all);
  const current = shown.find((note) => note.entry === picked) ?? null;
  const rows = area.rubric.behaviours;
  const citeKey = useKeyName(cite);

  const seen = edit && ((behaviour: string, level: Level) => edit((now) => withSeen(now, behaviour, level)));
  const level = edit && ((to: Level | null) => edit((now) => withLevel(now, to)));
  const citeNote = edit && ((note: NoteForScoring) => edit((now) => withNote(now, note, rowOfNote(note, area.id, rows))));
  const step = (by: 1 | -1) => {
    const here = shown.findIndex((note) => note.entry === picked);
    const next = shown[Math.min(shown.length - 1, Math.max(0, here + by))];
    if (!next) return;
    setPicked(next.entry);
    const keys = side.current?.querySelectorAll<HTMLElement>("[data-note]") ?? [];
    [...keys].find((key) => key.dataset.note === next.entry)?.focus();
  };
  const focusIn = (selector: string) => middle.current?.querySelector<HTMLElement>(selector)?.focus();

  const canEdit = edit !== null;
  const actions: Action[] = [
    { id: "scorecard.note-up", name: "Note above", key: "ArrowUp", hint: "move", when: canEdit, run: () => step(-1) },
    { id: "scorecard.note-down", name: "Note below", key: "ArrowDown", hint: "move", when: canEdit, run: () => step(1) },
    {
      id: "scorecard.seen",
      name: "Mark this cell as seen",
      key: "x",
      hint: "seen here",
      when: canEdit,
      run: () => {
        const row = rows[cell.row];
        const column = LEVELS[cell.column];
        if (row && column) seen?.(row.id, column);
        focusIn(`[data-cell="${cell.row}/${cell.column}"]`);
      },
    },
    { ...cite, name: "Cite this note as evidence", hint: "as evidence", when: canEdit, run: () => current && citeNote?.(current) },
    { id: "scorecard.level-0", name: "Not assessed", key: "0", hint: "level", when: canEdit, run: () => level?.(null) },
    ...LEVELS.map((one, i) => ({
      id: `scorecard.level-${i + 1}`,
      name: `Level: ${one}`,
      key: String(i + 1),
      hint: "level",
      when: canEdit,
      run: () => level?.(one),
    })),
    {
      id: "scorecard.would-move",
      name: "Write what would have moved it",
      key: "w",
      hint: "what would have moved it",
      when: canEdit,
      run: () => focusIn('[data-field="would_move"]'),
    },
    {
      id: "scorecard.confidence",
      name: "Set confidence",
      key: "c",
      hint: "confidence",
      when: canEdit,
      run: () => focusIn('[data-field="confidence"]:checked, [data-field="confidence"]'),
    },
  ];
  useKeys(actions);

  return (
    <>
      <div className="sc-mid" ref={middle}>
        {head}
        <Rubric
          area={area}
          score={score}
          notes={notes}
          current={cell}
          onCurrent={setCell}
          onSeen={seen}
          onLevel={level}
          levelKeys
          pencilled={props.pencilled}
        />
        <div className="sc-row">
          <h2>Evidence</h2>
          <Evidence
            area={area}
            score={score}
            notes={notes}
            onRemove={edit && ((entry) => edit((now) => withoutEvidence(now, entry)))}
            onBehaviour={edit && ((entry, behaviour) => edit((now) => withBehaviour(now, entry, behaviour)))}
            onMoment={onMoment}
          />
        </div>
        <div className="sc-row">
          <h2 id="would-move">What would have moved it one level</h2>
          {edit ? (
            <textarea
              className="input reading sc-move"
              aria-labelledby="would-move"
              data-field="would_move"
              dir="auto"
              rows={2}
              placeholder="Up: … or Down: …"
              value={score.would_move}
              onChange={(event) => edit((now) => ({ ...now, would_move: event.target.value }))}
            />
          ) : (
            <p className="reading prose" dir="auto">
              {score.would_move || <span className="muted">Nothing was written.</span>}
            </p>
          )}
        </div>
        <div className="sc-row">
          <h2>Confidence</h2>
          {edit ? (
            <fieldset>
              <legend className="vh">Confidence</legend>
              <div className="seg">
                {confidences.map((one) => (
                  <label key={one}>
                    <input
                      type="radio"
                      name={`confidence-${area.id}`}
                      data-field="confidence"
                      checked={score.confidence === one}
                      onChange={() => edit((now) => withConfidence(now, one))}
                    />
                    <ConfidenceMark confidence={one} />
                  </label>
                ))}
              </div>
            </fieldset>
          ) : score.confidence ? (
            <ConfidenceMark confidence={score.confidence} />
          ) : (
            <span className="muted">not given</span>
          )}
        </div>
        {foot}
      </div>
      <aside className="sc-notes" ref={side} aria-label="Notes" tabIndex={0}>
        <Notes
          area={area}
          areas={areas}
          score={score}
          shown={shown}
          total={notes.length}
          all={all}
          onAll={setAll}
          interviews={interviews}
          current={current?.entry ?? null}
          onCurrent={setPicked}
          onCite={citeNote}
          onMoment={onMoment}
          onAdd={onAddNote}
          citeKey={citeKey && citeKey.toUpperCase()}
        />
      </aside>
    </>
  );
}
