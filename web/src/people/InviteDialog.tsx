// Making an invitation. The link is shown once: only its hash is kept.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api/client";
import type { Role } from "../api/types";
import { Button } from "../shared/Button";
import { CopyLine } from "../shared/CopyLine";
import { Dialog } from "../shared/Dialog";
import { Field } from "../shared/Field";
import { Segmented } from "../shared/Segmented";
import { ErrorNotice } from "../shared/states";
import { nearTime } from "../shared/time";
import { invitationsKey, roles } from "./keys";

interface InviteDialogProps {
  open: boolean;
  onClose: () => void;
  reachable: boolean;
}

export function InviteDialog({ open, onClose, reachable }: InviteDialogProps) {
  const queries = useQueryClient();
  const [role, setRole] = useState<Role>("interviewer");
  const [note, setNote] = useState("");
  const invite = useMutation({
    mutationFn: () => answer(api.POST("/api/invitations", { body: { role, note: note.trim() } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsKey }),
  });
  const close = () => {
    onClose();
    invite.reset();
    setNote("");
  };
  const made = invite.data;
  return (
    <Dialog
      open={open}
      onClose={close}
      title={made ? "Send them this link" : "Invite somebody"}
      actions={
        made ? (
          <Button kind="go" onClick={close}>
            Done
          </Button>
        ) : (
          <>
            <Button kind="go" busy={invite.isPending && "Making the link …"} onClick={() => invite.mutate()}>
              Make the link
            </Button>
            <Button onClick={close}>Not now</Button>
          </>
        )
      }
    >
      {made ? (
        <>
          <CopyLine label="Invitation" value={made.url} />
          <p className="muted">
            It opens once, until {nearTime(made.invitation.expires_at)}, and is shown only now: Seatrial keeps no copy.
          </p>
          {!reachable && (
            <p>
              This link works only on this machine. To invite from elsewhere, start the server with{" "}
              <code className="nowrap">--public-url</code> and the address by which others reach it.
            </p>
          )}
        </>
      ) : (
        <>
          <div>
            <Segmented
              legend="Role"
              showLegend
              choices={roles.map(({ value, label }) => ({ value, label }))}
              value={role}
              onChange={setRole}
            />
            <p className="field-hint people-may">{roles.find((candidate) => candidate.value === role)?.may}</p>
          </div>
          <Field label="For whom" hint="For your own list; the invited person does not see it.">
            {(control) => (
              <input
                {...control}
                dir="auto"
                maxLength={200}
                value={note}
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </Field>
          {invite.isError && <ErrorNotice error={invite.error} />}
        </>
      )}
    </Dialog>
  );
}
