// Signing in with an address and a password.
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useSearchParams } from "react-router";
import { answer, api } from "../api/client";
import { Button } from "../shared/Button";
import { Field } from "../shared/Field";
import { PasswordField } from "../shared/PasswordField";
import { ErrorNotice } from "../shared/states";
import { AccountPage } from "./AccountPage";
import { safeNext } from "./routes";
import { useArrive } from "./useArrive";

export function SignInPage() {
  const [search] = useSearchParams();
  const arrive = useArrive();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () => answer(api.POST("/api/session", { body: { email: email.trim(), password } })),
    onSuccess: (me) => arrive(me, safeNext(search.get("next"))),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!signIn.isPending) signIn.mutate();
  };
  return (
    <AccountPage
      title="Sign in"
      heading="Sign in"
      lede={search.has("ended") ? "Your session has ended. Sign in and you are back where you were." : undefined}
    >
      <form className="account-form" onSubmit={submit}>
        <Field label="Email">
          {(control) => (
            <input
              {...control}
              type="email"
              autoComplete="username"
              autoFocus
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <PasswordField label="Password" autoComplete="current-password" value={password} onChange={setPassword} />
        {signIn.isError && <ErrorNotice error={signIn.error} />}
        <div>
          <Button kind="go" type="submit" busy={signIn.isPending && "Signing in …"}>
            Sign in
          </Button>
        </div>
      </form>
      <p className="small muted account-after">
        No account, or the password is lost? An administrator of this Seatrial can send you a link. Candidates need no account:
        their link opens by itself.
      </p>
      <p className="small muted account-after">
        {/* A page of its own, which shares nothing with this app. */}
        <a className="link" href="/practice">
          Practise on a running system, no account
        </a>
      </p>
    </AccountPage>
  );
}
