// Name, address and password of a new account; used by the first start and by invitations.
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "../shared/Button";
import { Field } from "../shared/Field";
import { PasswordField } from "../shared/PasswordField";
import { ErrorNotice } from "../shared/states";

export interface NewAccount {
  name: string;
  email: string;
  password: string;
}

interface NewAccountFormProps {
  action: string;
  busy: boolean;
  error: unknown;
  onSubmit: (account: NewAccount) => void;
  /** Further fields. */
  children?: ReactNode;
}

export function NewAccountForm({ action, busy, error, onSubmit, children }: NewAccountFormProps) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit({ name: name.trim(), email: email.trim(), password });
  };
  return (
    <form className="account-form" onSubmit={submit}>
      <Field label="Your name" hint="As colleagues know you, in any script. It stands beside your notes and scorecards.">
        {(control) => (
          <input
            {...control}
            dir="auto"
            autoComplete="name"
            autoFocus
            required
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label="Email" hint="You sign in with it. Nothing is ever sent to it.">
        {(control) => (
          <input
            {...control}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <PasswordField
        label="Password"
        hint="Ten characters or more; three words are easier to remember than a code."
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
      />
      {children}
      {error !== null && error !== undefined && <ErrorNotice error={error} />}
      <div>
        <Button kind="go" type="submit" busy={busy && "Making the account …"}>
          {action}
        </Button>
      </div>
    </form>
  );
}
