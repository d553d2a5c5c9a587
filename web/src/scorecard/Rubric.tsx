// The rubric of an area as a table of what may have been seen, with the level as its foot. The heavy
// edge follows what was seen, the tint follows the level; they may disagree, and nothing adds up.
import { type KeyboardEvent, useRef } from "react";
import type { Area, AreaScore, Level, NoteForScoring } from "../api/types";
import { Kbd } from "../shared/Kbd";
import { LevelMark } from "../shared/marks";
import { clock } from "../shared/time";
import { notesOfRow } from "./moments";
import { LEVELS, seenLevel } from "./score";

export interface Cell {
  row: number;
  column: number;
}

interface RubricProps {
  area: Area;
  score: AreaScore;
  notes: NoteForScoring[];
  /** The cell that X would mark. */
  current: Cell;
  onCurrent: (cell: Cell) => void;
  /** Null: to be read only. */
  onSeen: ((behaviour: string, level: Level) => void) | null;
  onLevel: ((level: Level | null) => void) | null;
  levelKeys?: boolean;
  /** What this person pencilled during the interview; null for nothing. */
  pencilled?: Level | "not_assessed" | null;
}

const titles: Record<Level, string> = { weak: "Weak", good: "Good", excellent: "Excellent" };

export function Rubric(props: RubricProps) {
  const { area, score, notes, current, onCurrent, onSeen } = props;
  const table = useRef<HTMLTableElement>(null);
  const rows = area.rubric.behaviours;
  const chosen = score.decided ? score.level : null;

  const move = (event: KeyboardEvent) => {
    const steps: Record<string, [number, number]> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const to = {
      row: Math.min(rows.length - 1, Math.max(0, current.row + step[0])),
      column: Math.min(LEVELS.length - 1, Math.max(0, current.column + step[1])),
    };
    onCurrent(to);
    table.current?.querySelector<HTMLElement>(`[data-cell="${to.row}/${to.column}"]`)?.focus();
  };

  return (
    <>
      <table className="rubric" ref={table} onKeyDown={onSeen ? move : undefined}>
        <thead>
          <tr>
            <th scope="col">
              <span className="vh">Behaviour</span>
            </th>
            {LEVELS.map((level) => (
              <th scope="col" key={level}>
                <LevelMark level={level} word={titles[level]} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, r) => {
            const marked = seenLevel(score, row.id);
            const heard = notesOfRow(row, area.id, score, notes);
            const moments = heard.length > 0 && (
              <span className="rubric-moments">{heard.map((note) => clock(note.at_ms)).join(", ")}</span>
            );
            return (
              <tr key={row.id}>
                <th scope="row">
                  {row.title}
                  {marked === null && moments}
                </th>
                {LEVELS.map((level, c) => {
                  const seen = marked === level;
                  const inside = (
                    <>
                      <span className="rubric-narrow">
                        <LevelMark level={level} />
                      </span>
                      <span>{row[level]}</span>
                      {seen && moments}
                      {!onSeen && seen && <span className="vh">seen</span>}
                    </>
                  );
                  return (
                    <td key={level} className={[seen && "seen", chosen === level && "chosen"].filter(Boolean).join(" ")}>
                      {onSeen ? (
                        <button
                          type="button"
                          aria-pressed={seen}
                          data-cell={`${r}/${c}`}
                          tabIndex={current.row === r && current.column === c ? 0 : -1}
                          onFocus={() => onCurrent({ row: r, column: c })}
                          onClick={() => onSeen(row.id, level)}
                        >
                          {inside}
                        </button>
                      ) : (
                        <div>{inside}</div>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      <LevelRow {...props} />
    </>
  );
}

function LevelRow({ area, score, onLevel, levelKeys, pencilled }: RubricProps) {
  const name = `level-${area.id}`;
  const choice = (level: Level | null, key: string) => {
    const checked = score.decided && score.level === level;
    return (
      <label key={key} className={level === null ? "level-none" : "level-cell"} title={level ? area.rubric[level] : undefined}>
        <input
          type="radio"
          name={name}
          checked={checked}
          disabled={!onLevel}
          onChange={() => onLevel?.(level)}
          data-field="level"
        />
        <LevelMark level={level} />
        {levelKeys && onLevel && <Kbd name={key} />}
      </label>
    );
  };
  return (
    <fieldset className="level-row">
      <legend className="vh">Level</legend>
      <span className="level-title" aria-hidden="true">
        Level
      </span>
      {LEVELS.map((level, i) => choice(level, String(i + 1)))}
      {choice(null, "0")}
      {pencilled && onLevel && (
        <span className="level-pencilled muted small">you pencilled {pencilled.replace("_", " ")}</span>
      )}
    </fieldset>
  );
}
