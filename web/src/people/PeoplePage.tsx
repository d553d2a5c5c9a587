// Who has an account here. Administrators change roles, close accounts and invite; others read.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { useMe } from "../api/queries";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { Invitations } from "./Invitations";
import { PeopleTable } from "./PeopleTable";
import { peopleKey } from "./keys";
import "./people.css";

export function PeoplePage() {
  const me = useMe().data;
  const admin = me?.person?.role === "admin";
  const people = useQuery({ queryKey: peopleKey, queryFn: () => answer(api.GET("/api/people")) });
  return (
    <Page title="People" className="people">
      <div className="wrap">
        <div className="people-head">
          <h1>People</h1>
          <p className="muted">
            {admin
              ? "Everybody who can sign in, and the invitations that are on their way."
              : "Everybody who can sign in. Administrators invite people and change roles."}
          </p>
        </div>
        {people.isPending && <Loading what="Reading who has an account" />}
        {people.isError && <ErrorNotice error={people.error} retry={() => void people.refetch()} />}
        {people.data && <PeopleTable people={people.data} admin={admin} you={me?.person?.id ?? null} reachable={me?.reachable ?? false} />}
        {admin && <Invitations reachable={me?.reachable ?? false} />}
      </div>
    </Page>
  );
}
