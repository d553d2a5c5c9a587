// A deed that is logged with its reason and not undone: what it does, the reason, and then the deed.
import { type ReactNode, useState } from "react";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { Field } from "./Field";
import { ErrorNotice } from "./states";

interface ReasonDialogProps {
  title: string;
  /** What it does and to whom, in a sentence or two. */
  children: ReactNode;
  /** The deed and what it is called while it is done; the way out. */
  go: string;
  going: string;
  stay: string;
  /** What to say when no reason was given. */
  lacks: string;
  pending: boolean;
  error: unknown;
  onGo: (reason: string) => void;
  onClose: () => void;
}

export function ReasonDialog({ title, children, go, going, stay, lacks, pending, error, onGo, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button
            kind="go"
            busy={pending && going}
            onClick={() => {
              setTried(true);
              if (reason.trim() !== "") onGo(reason.trim());
            }}
          >
            {go}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {stay}
          </Button>
        </>
      }
    >
      {children}
      <Field label="Reason" error={tried && reason.trim() === "" ? lacks : undefined}>
        {(control) => (
          <textarea
            {...control}
            dir="auto"
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {error !== null && error !== undefined && <ErrorNotice error={error} />}
    </Dialog>
  );
}
