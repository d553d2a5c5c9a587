// A link with which somebody chooses a new password. It is shown once: only its hash is kept.
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { Person } from "../api/types";
import { Button } from "../shared/Button";
import { CopyLine } from "../shared/CopyLine";
import { Dialog } from "../shared/Dialog";
import { ErrorNotice } from "../shared/states";
import { nearTime } from "../shared/time";

interface ResetDialogProps {
  person: Person;
  reachable: boolean;
  onClose: () => void;
}

export function ResetDialog({ person, reachable, onClose }: ResetDialogProps) {
  const make = useMutation({
    mutationFn: () => answer(api.POST("/api/people/{id}/reset", { params: { path: { id: person.id } } })),
  });
  const made = make.data;
  return (
    <Dialog
      open
      onClose={onClose}
      title={made ? "Give them this link" : `A new password for ${person.name}`}
      actions={
        made ? (
          <Button kind="go" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button kind="go" busy={make.isPending && "Making the link …"} onClick={() => make.mutate()}>
              Make the link
            </Button>
            <Button onClick={onClose}>Not now</Button>
          </>
        )
      }
    >
      {made ? (
        <>
          <CopyLine label="Link for a new password" value={made.url} />
          <p className="muted">It opens once, until {nearTime(made.expires_at)}, and is shown only now: Seatrial keeps no copy.</p>
          {!reachable && <p>This link works only on this machine.</p>}
        </>
      ) : (
        <p>
          Whoever opens the link chooses a new password and is signed in as {person.name}, so hand it to them alone. Their present
          password works until then; after it, they are signed out everywhere else. Making another link ends an earlier one.
        </p>
      )}
      {make.isError && <ErrorNotice error={make.error} />}
    </Dialog>
  );
}
