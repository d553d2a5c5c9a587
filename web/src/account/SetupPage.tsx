// The first start: the first account, which administers the others.
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { AccountPage } from "./AccountPage";
import { type NewAccount, NewAccountForm } from "./NewAccountForm";
import { useArrive } from "./useArrive";

export function SetupPage() {
  const arrive = useArrive();
  const setUp = useMutation({
    mutationFn: (account: NewAccount) => answer(api.POST("/api/setup", { body: account })),
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
      />
    </AccountPage>
  );
}
