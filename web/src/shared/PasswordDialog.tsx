// Changing one's own password. The server asks for the present one, and ends every other session.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { answer, api } from "../api/client";
import { meQuery } from "../api/queries";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { PasswordField } from "./PasswordField";
import { ErrorNotice } from "./states";

export function PasswordDialog({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const form = useId();
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => answer(api.PUT("/api/me/password", { body: { present, new: next } })),
    onSuccess: (me) => queries.setQueryData(meQuery.queryKey, me),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={change.isSuccess ? "Your password is changed" : "Change your password"}
      actions={
        change.isSuccess ? (
          <Button kind="go" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button kind="go" type="submit" form={form} busy={change.isPending && "Changing …"}>
              Change it
            </Button>
            <Button kind="quiet" onClick={onClose}>
              Leave it
            </Button>
          </>
        )
      }
    >
      {change.isSuccess ? (
        <p>You stay signed in here. Everywhere else you are signed out, and a link for a new password no longer opens.</p>
      ) : (
        <form id={form} className="password-form" onSubmit={submit}>
          <PasswordField label="Present password" autoComplete="current-password" value={present} onChange={setPresent} />
          <PasswordField
            label="New password"
            hint="Ten characters or more; three words are easier to remember than a code."
            autoComplete="new-password"
            value={next}
            onChange={setNext}
          />
          {change.isError && <ErrorNotice error={change.error} />}
        </form>
      )}
    </Dialog>
  );
}
