// Invitations: made here, shown as a link once, withdrawn while they are open.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api/client";
import type { Invitation } from "../api/types";
import { Button } from "../shared/Button";
import { Empty, ErrorNotice, Loading } from "../shared/states";
import { nearTime, shortDate } from "../shared/time";
import { InviteDialog } from "./InviteDialog";
import { invitationsKey, roleLabel } from "./keys";

export function Invitations({ reachable }: { reachable: boolean }) {
  const [inviting, setInviting] = useState(false);
  const queries = useQueryClient();
  const invitations = useQuery({ queryKey: invitationsKey, queryFn: () => answer(api.GET("/api/invitations")) });
  const withdraw = useMutation({
    mutationFn: (id: string) => answer(api.DELETE("/api/invitations/{id}", { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: invitationsKey }),
  });
  return (
    <section className="people-invitations" aria-labelledby="people-invitations">
      <div className="head">
        <h2 id="people-invitations">Invitations</h2>
        <Button kind="quiet" onClick={() => setInviting(true)}>
          Invite somebody
        </Button>
      </div>
      {invitations.isPending && <Loading what="Reading the invitations" />}
      {invitations.isError && <ErrorNotice error={invitations.error} retry={() => void invitations.refetch()} />}
      {withdraw.isError && <ErrorNotice error={withdraw.error} />}
      {invitations.data?.length === 0 && (
        <Empty>
          <p>None yet. An invitation is a link for one person; you send it to them by whatever means you trust.</p>
        </Empty>
      )}
      {invitations.data && invitations.data.length > 0 && (
        <table className="table people-table">
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col">Role</th>
              <th scope="col">Made</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {invitations.data.map((invitation) => (
              <tr key={invitation.id} className={invitation.state === "open" ? undefined : "muted"}>
                <th scope="row" dir="auto">
                  {invitation.note || <span className="muted">no note</span>}
                </th>
                <td>{roleLabel(invitation.role)}</td>
                <td className="muted">{shortDate(invitation.created_at)}</td>
                <td>
                  {stateOf(invitation)}
                  {invitation.state === "open" && (
                    <Button
                      kind="quiet"
                      className="people-withdraw"
                      busy={withdraw.isPending}
                      onClick={() => withdraw.mutate(invitation.id)}
                    >
                      Withdraw<span className="vh"> the invitation {invitation.note}</span>
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <InviteDialog open={inviting} onClose={() => setInviting(false)} reachable={reachable} />
    </section>
  );
}

function stateOf(invitation: Invitation): string {
  if (invitation.state === "open") return `open until ${nearTime(invitation.expires_at)}`;
  return invitation.state === "revoked" ? "withdrawn" : invitation.state;
}
