// Said, did or my reading: what a note is. Drawn as words with a line under the chosen one.
import { useId } from "react";
import type { NoteKind } from "../../api/types";
import { NOTE_KINDS, NOTE_WORD } from "../record/fold";

interface Props {
  value: NoteKind;
  onChange: (kind: NoteKind) => void;
}

export function NoteKinds({ value, onChange }: Props) {
  const name = useId();
  return (
    <fieldset className="words">
      <legend className="vh">Kind of note</legend>
      {NOTE_KINDS.map((kind) => (
        <label key={kind}>
          <input type="radio" name={name} checked={value === kind} onChange={() => onChange(kind)} />
          {NOTE_WORD[kind]}
        </label>
      ))}
    </fieldset>
  );
}
