// A reminder to copy or to hand to another program: this server sends no mail, and knows no address but for signing in.
import { useRef, useState } from "react";
import { useMe } from "../api/queries";
import type { Debrief, ScorecardDue } from "../api/types";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { Field } from "../shared/Field";
import { nearTime } from "../shared/time";
import { reminder } from "./awaited";

interface RemindDialogProps {
  card: ScorecardDue;
  loop: Debrief["loop"];
  onClose: () => void;
}

export function RemindDialog({ card, loop, onClose }: RemindDialogProps) {
  const me = useMe().data;
  const base = (me?.public_url ?? location.origin).replace(/\/$/u, "");
  const [text, setText] = useState(() => reminder(card, loop, base, card.due_at && nearTime(card.due_at)));
  const [said, setSaid] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied.");
    } catch {
      // Without a secure address the browser refuses; the text is selected, so the keyboard can copy.
      setSaid("Selected: copy it with your keyboard.");
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remind ${card.person.name}`}
      actions={
        <>
          <Button kind="go" onClick={() => void copy()}>
            Copy
          </Button>
          {"share" in navigator && (
            // A share that is called off is no fault.
            <Button onClick={() => void navigator.share({ text }).catch(() => undefined)}>Share …</Button>
          )}
          <Button kind="quiet" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <Field label="Message" hint="Seatrial sends nothing by itself. Send this the way you usually write to each other.">
        {(control) => (
          <textarea {...control} ref={field} dir="auto" rows={4} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <p className="field-hint" role="status">
        {said}
      </p>
    </Dialog>
  );
}
