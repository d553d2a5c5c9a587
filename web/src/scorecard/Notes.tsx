// The record's notes beside the rubric: what was said, done, or read into it, with a key to cite each.
import { useEffect, useRef } from "react";
import type { Area, AreaScore, InterviewLite, NoteForScoring } from "../api/types";
import { Button } from "../shared/Button";
import { Segmented } from "../shared/Segmented";
import { clock, count, shortDate } from "../shared/time";
import { isCited } from "./score";
import { kindWords, promptedWord } from "./words";

interface NotesProps {
  area: Area;
  areas: Area[];
  score: AreaScore;
  shown: NoteForScoring[];
  total: number;
  all: boolean;
  onAll: (all: boolean) => void;
  interviews: InterviewLite[];
  /** The note that E would cite. */
  current: string | null;
  onCurrent: (entry: string) => void;
  onCite: ((note: NoteForScoring) => void) | null;
  onMoment: (note: NoteForScoring) => void;
  onAdd: (() => void) | null;
  citeKey: string | null;
}

export function Notes(props: NotesProps) {
  const { area, shown, total, all, onAll, interviews, current, onCurrent, onCite, onMoment, onAdd } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(".current")?.scrollIntoView({ block: "nearest" });
  }, [current]);
  const held = [...new Set(shown.map((note) => note.interview_id))];
  const others = shown.some((note) => !note.mine);
  return (
    <>
      <div className="notes-head">
        <h2>{others ? "Notes" : "Your notes"}</h2>
        <span className="muted small">{count(shown.length, "note")}, newest first</span>
      </div>
      {total > shown.length || all ? (
        <Segmented
          className="notes-which"
          legend="Which notes"
          choices={[
            { value: "area", label: area.short },
            { value: "all", label: `All ${total}` },
          ]}
          value={all ? "all" : "area"}
          onChange={(which) => onAll(which === "all")}
        />
      ) : null}
      <div ref={list}>
        {held.map((id) => {
          const interview = interviews.find((one) => one.id === id);
          return (
            <section key={id} aria-label={interview?.title}>
              {held.length > 1 && (
                <h3 className="notes-of muted">
                  <span dir="auto">{interview?.title ?? "Another interview"}</span>
                  {interview?.started_at && `, ${shortDate(interview.started_at)}`}
                </h3>
              )}
              <ol className="notes">
                {shown
                  .filter((note) => note.interview_id === id)
                  .map((note) => (
                    <NoteRow
                      key={note.entry}
                      note={note}
                      about={noteAbout(note, props)}
                      cited={isCited(props.score, note.entry)}
                      current={current === note.entry}
                      onCurrent={() => onCurrent(note.entry)}
                      onCite={onCite && (() => onCite(note))}
                      onMoment={() => onMoment(note)}
                      citeKey={props.citeKey}
                    />
                  ))}
              </ol>
            </section>
          );
        })}
      </div>
      {shown.length === 0 && (
        <p className="muted notes-none">
          {total === 0
            ? "Your record holds no notes. If you wrote on paper, add what matters here: a level needs one thing that was said or done."
            : `No note belongs to ${area.short}. Look through all ${total}, or add one.`}
        </p>
      )}
      {onAdd && (
        <Button kind="quiet" onClick={onAdd}>
          Add a note from paper
        </Button>
      )}
    </>
  );
}

function noteAbout(note: NoteForScoring, { area, areas }: NotesProps): string[] {
  const of = areas.find((one) => one.id === note.signal?.area);
  const signal = of?.signals.find((one) => one.id === note.signal?.signal);
  return [
    note.mine ? "" : note.who,
    kindWords[note.kind],
    signal ? [signal.short, promptedWord(note.signal?.prompted ?? null)].filter(Boolean).join(", ") : "",
    note.area && note.area !== area.id ? (areas.find((one) => one.id === note.area)?.short ?? "") : "",
  ].filter(Boolean);
}

interface NoteRowProps {
  note: NoteForScoring;
  about: string[];
  cited: boolean;
  current: boolean;
  onCurrent: () => void;
  onCite: (() => void) | null;
  onMoment: () => void;
  citeKey: string | null;
}

function NoteRow({ note, about, cited, current, onCurrent, onCite, onMoment, citeKey }: NoteRowProps) {
  const at = clock(note.at_ms);
  return (
    <li
      className={[current && onCite && "current", cited && "cited"].filter(Boolean).join(" ")}
      onClick={onCurrent}
    >
      <button type="button" className="moment" onClick={onMoment}>
        <span className="vh">Show the record at </span>
        {at}
      </button>
      <span className="note-text prose" dir="auto">
        {note.text}
      </span>
      {onCite ? (
        <button
          type="button"
          className="cite"
          aria-pressed={cited}
          aria-label={`Evidence: ${at} ${note.text.slice(0, 60)}`}
          title={cited ? "Cited as evidence" : "Cite as evidence"}
          data-note={note.entry}
          onFocus={onCurrent}
          onClick={onCite}
        >
          <kbd>{citeKey ?? (cited ? "✓" : "+")}</kbd>
        </button>
      ) : (
        <span className="muted small">{cited ? "cited" : ""}</span>
      )}
      <span className="note-by muted small">
        {about.map((part) => (
          <bdi key={part}>{part}</bdi>
        ))}
      </span>
    </li>
  );
}
