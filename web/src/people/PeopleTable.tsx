// One row per account: name, address, role, open or closed.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api/client";
import type { Person, Role } from "../api/types";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { ErrorNotice } from "../shared/states";
import { peopleKey, roleLabel, roles } from "./keys";
import { ResetDialog } from "./ResetDialog";

interface PeopleTableProps {
  people: Person[];
  admin: boolean;
  you: string | null;
  reachable: boolean;
}

export function PeopleTable({ people, admin, you, reachable }: PeopleTableProps) {
  const queries = useQueryClient();
  const [closing, setClosing] = useState<Person | null>(null);
  const [resetting, setResetting] = useState<Person | null>(null);
  const change = useMutation({
    mutationFn: ({ id, ...body }: { id: string; role?: Role; disabled?: boolean }) =>
      answer(api.PATCH("/api/people/{id}", { params: { path: { id } }, body })),
    onSuccess: async () => {
      setClosing(null);
      await queries.invalidateQueries({ queryKey: peopleKey });
    },
  });
  return (
    <section aria-label="Accounts">
      {change.isError && !closing && <ErrorNotice error={change.error} />}
      <table className={admin ? "table people-table people-accounts" : "table people-table"}>
        <thead>
          <tr>
            <th scope="col">Name</th>
            {admin && <th scope="col">Email</th>}
            <th scope="col">Role</th>
            <th scope="col">Account</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id} className={person.disabled ? "muted" : undefined}>
              <th scope="row">
                <span className="people-initials muted">{person.initials}</span>
                <span dir="auto">{person.name}</span>
                {person.id === you && <span className="muted">, you</span>}
              </th>
              {admin && <td className="muted people-email">{person.email}</td>}
              <td>
                {admin && person.id !== you && !person.disabled ? (
                  <select
                    className="input people-role"
                    aria-label={`Role of ${person.name}`}
                    value={person.role}
                    disabled={change.isPending}
                    onChange={(event) => change.mutate({ id: person.id, role: event.target.value as Role })}
                  >
                    {roles.map((role) => (
                      <option key={role.value} value={role.value}>
                        {role.label}
                      </option>
                    ))}
                  </select>
                ) : (
                  roleLabel(person.role)
                )}
              </td>
              <td>
                {admin && person.id !== you ? (
                  person.disabled ? (
                    <Button kind="quiet" busy={change.isPending} onClick={() => change.mutate({ id: person.id, disabled: false })}>
                      Open again<span className="vh">: {person.name}</span>
                    </Button>
                  ) : (
                    <span className="people-deeds">
                      {!person.demo && (
                        <Button kind="quiet" onClick={() => setResetting(person)}>
                          New password<span className="vh"> for {person.name}</span>
                        </Button>
                      )}
                      <Button kind="quiet" onClick={() => setClosing(person)}>
                        Close<span className="vh"> the account of {person.name}</span>
                      </Button>
                    </span>
                  )
                ) : (
                  <span className="muted">{person.disabled ? "closed" : "open"}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {resetting && (
        <ResetDialog key={resetting.id} person={resetting} reachable={reachable} onClose={() => setResetting(null)} />
      )}
      <Dialog
        open={closing !== null}
        onClose={() => setClosing(null)}
        title={`Close the account of ${closing?.name ?? ""}?`}
        actions={
          <>
            <Button
              kind="go"
              busy={change.isPending && "Closing …"}
              onClick={() => closing && change.mutate({ id: closing.id, disabled: true })}
            >
              Close the account
            </Button>
            <Button onClick={() => setClosing(null)}>Leave it open</Button>
          </>
        }
      >
        <p>
          They are signed out everywhere and cannot sign in. Their notes, scorecards and dissents stay where they are, under
          their name. The account can be opened again.
        </p>
        {change.isError && <ErrorNotice error={change.error} />}
      </Dialog>
    </section>
  );
}
