// An invitation's link: who invites, as what, and the form that accepts it.
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { answer, api } from "../api/client";
import { statusOf } from "../api/problem";
import type { Role } from "../api/types";
import { ErrorNotice, Loading } from "../shared/states";
import { nearTime } from "../shared/time";
import { AccountPage } from "./AccountPage";
import { type NewAccount, NewAccountForm } from "./NewAccountForm";
import { useArrive } from "./useArrive";

const roleSays: Record<Role, string> = {
  admin: "an administrator: you may do everything a manager may, and invite others",
  manager: "a hiring manager: you write openings and bars, plan loops and close debriefs",
  interviewer: "an interviewer: you hold interviews, score what you heard and take part in debriefs",
};

export function JoinPage() {
  const { token = "" } = useParams();
  const arrive = useArrive();
  const offer = useQuery({
    queryKey: ["join", token],
    queryFn: () => answer(api.GET("/api/join/{token}", { params: { path: { token } } })),
    retry: false,
  });
  const join = useMutation({
    mutationFn: (account: NewAccount) => answer(api.POST("/api/join/{token}", { params: { path: { token } }, body: account })),
    onSuccess: (me) => arrive(me, "/"),
  });
  if (offer.isPending) {
    return (
      <AccountPage title="Invitation" heading="Invitation">
        <Loading what="Looking at the invitation" />
      </AccountPage>
    );
  }
  if (offer.isError) {
    const gone = statusOf(offer.error) === 404 || statusOf(offer.error) === 410;
    return (
      <AccountPage
        title="Invitation"
        heading={gone ? "This invitation no longer opens." : "The invitation could not be read."}
        lede={
          gone
            ? "It was used, withdrawn or has expired, or the link was cut short on its way. Ask whoever sent it for a new one."
            : undefined
        }
      >
        {!gone && <ErrorNotice error={offer.error} retry={() => void offer.refetch()} />}
        <p className="account-after">
          <Link className="link" to="/sign-in">
            I have an account already
          </Link>
        </p>
      </AccountPage>
    );
  }
  return (
    <AccountPage
      title="Invitation"
      heading={`${offer.data.invited_by} invites you.`}
      lede={`You join as ${roleSays[offer.data.role]}. The link opens once, until ${nearTime(offer.data.expires_at)}.`}
    >
      <NewAccountForm
        action="Join"
        busy={join.isPending}
        error={join.error}
        onSubmit={(account) => join.mutate(account)}
      />
    </AccountPage>
  );
}
