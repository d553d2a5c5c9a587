// The first start: the first account, which administers the others.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { answer, api } from "../api/client";
import { useMe } from "../api/queries";
import { Field } from "../shared/Field";
import { AccountPage } from "./AccountPage";
import { type NewAccount, NewAccountForm } from "./NewAccountForm";
import { useArrive } from "./useArrive";

export function SetupPage() {
  const arrive = useArrive();
  const me = useMe().data;
  const [search] = useSearchParams();
  const [token, setToken] = useState(search.get("token") ?? "");
  const setUp = useMutation({
    mutationFn: (account: NewAccount) =>
      answer(api.POST("/api/setup", { body: { ...account, token: token.trim() || null } })),
    onSuccess: (me) => arrive(me, "/"),
  });
  return (
    <AccountPage
      title="First account"
      heading="Make the first account."
      lede="Seatrial keeps everything on this machine, in one file. This account may invite the others; a candidate never needs one."
    >
      <NewAccountForm
        action="Make it and begin"
        busy={setUp.isPending}
        error={setUp.error}
        onSubmit={(account) => setUp.mutate(account)}
      >
        {me?.setup_token_needed && (
          <Field
            label="Token"
            hint="Other machines can reach this server, so it printed a token when it started. Opening the printed address fills it in."
          >
            {(control) => (
              <input
                {...control}
                className="input mono"
                required
                autoComplete="off"
                spellCheck={false}
                value={token}
                onChange={(event) => setToken(event.target.value)}
              />
            )}
          </Field>
        )}
      </NewAccountForm>
    </AccountPage>
  );
}
