// A link for a new password: whose it is, and the form that sets it.
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link, useParams } from "react-router";
import { answer, api } from "../api/client";
import { statusOf } from "../api/problem";
import { Button } from "../shared/Button";
import { PasswordField } from "../shared/PasswordField";
import { ErrorNotice, Loading } from "../shared/states";
import { AccountPage } from "./AccountPage";
import { useArrive } from "./useArrive";

export function ResetPage() {
  const { token = "" } = useParams();
  const arrive = useArrive();
  const [password, setPassword] = useState("");
  const offer = useQuery({
    queryKey: ["reset", token],
    queryFn: () => answer(api.GET("/api/reset/{token}", { params: { path: { token } } })),
    retry: false,
  });
  const reset = useMutation({
    mutationFn: () => answer(api.POST("/api/reset/{token}", { params: { path: { token } }, body: { password } })),
    onSuccess: (me) => arrive(me, "/"),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reset.isPending) reset.mutate();
  };
  if (offer.isPending) {
    return (
      <AccountPage title="New password" heading="New password">
        <Loading what="Looking at the link" />
      </AccountPage>
    );
  }
  if (offer.isError) {
    const gone = statusOf(offer.error) === 404;
    return (
      <AccountPage
        title="New password"
        heading={gone ? "This link no longer opens." : "The link could not be read."}
        lede={
          gone
            ? "It was used, a newer one was made, it has expired, or it was cut short on its way. Ask an administrator for a new one."
            : undefined
        }
      >
        {!gone && <ErrorNotice error={offer.error} retry={() => void offer.refetch()} />}
        <p className="account-after">
          <Link className="link" to="/sign-in">
            Sign in
          </Link>
        </p>
      </AccountPage>
    );
  }
  return (
    <AccountPage
      title="New password"
      heading="Choose a new password."
      lede={
        <>
          For <bdi>{offer.data.name}</bdi>, {offer.data.email}. Wherever you are signed in, you are signed out with it.
        </>
      }
    >
      <form className="account-form" onSubmit={submit}>
        {/* So that a password manager knows whose it is. */}
        <input type="email" autoComplete="username" value={offer.data.email} readOnly hidden />
        <PasswordField
          label="New password"
          hint="Ten characters or more; three words are easier to remember than a code."
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
        />
        {reset.isError && <ErrorNotice error={reset.error} />}
        <div>
          <Button kind="go" type="submit" busy={reset.isPending && "Setting it …"}>
            Set it and sign in
          </Button>
        </div>
      </form>
    </AccountPage>
  );
}
