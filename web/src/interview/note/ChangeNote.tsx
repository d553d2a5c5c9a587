// A kept note worded anew, in its place in the log, or taken back.
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Button } from "../../shared/Button";
import { useDesk } from "../desk/desk";
import type { Row } from "../record/fold";
import { NoteKinds } from "./NoteKinds";

interface Props {
  row: Row;
  onClose: () => void;
  onWithdraw: () => void;
}

export function ChangeNote({ row, onClose, onWithdraw }: Props) {
  const { deeds } = useDesk();
  const before = row.body.kind === "note" ? row.body : { text: "", note: "said" as const };
  const [text, setText] = useState(before.text);
  const [note, setNote] = useState(before.note);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const here = field.current;
    here?.focus();
    here?.setSelectionRange(here.value.length, here.value.length);
  }, []);
  const keep = () => {
    if (text.trim() === "") return;
    if (text.trim() !== before.text || note !== before.note) deeds.revise(row.id, text, note);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    } else if (event.key === "Enter" && !event.shiftKey && event.target instanceof HTMLTextAreaElement) {
      event.preventDefault();
      keep();
    }
  };
  return (
    <div className="change-note" onKeyDown={onKeyDown}>
      <NoteKinds value={note} onChange={setNote} />
      <textarea
        className="note-field"
        dir="auto"
        rows={2}
        aria-label="Note"
        ref={field}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="change-deeds">
        <Button kind="go" onClick={keep} aria-disabled={text.trim() === "" || undefined}>
          Keep
        </Button>
        <Button onClick={onClose}>Leave as it was</Button>
        <Button
          kind="quiet"
          onClick={() => {
            onWithdraw();
            onClose();
          }}
        >
          Take it back
        </Button>
      </div>
    </div>
  );
}
