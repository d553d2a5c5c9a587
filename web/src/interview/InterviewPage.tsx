// /interviews/:id: fetches the interview and the kit, opens it, and hands all of it to the desk.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { answer, api } from "../api/client";
import { useKitOver, useMe } from "../api/queries";
import { statusOf } from "../api/problem";
import type { Interview } from "../api/types";
import { NotFound } from "../app/NotFound";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { Desk } from "./desk/Desk";
import { Opening } from "./Opening";

export const interviewQuery = (id: string) =>
  queryOptions({
    queryKey: ["interview", id],
    queryFn: () => answer(api.GET("/api/interviews/{id}", { params: { path: { id } } })),
  });

export function Component() {
  const { id = "" } = useParams();
  const me = useMe().data?.person;
  const interview = useQuery(interviewQuery(id));
  const kit = useKitOver(interview.data && (interview.data.scenario?.id ?? null));
  if (statusOf(interview.error) === 404)
    return <NotFound what="There is no such interview, or it is not yours to see. Interviews that you hold are on the start page." />;
  const error = interview.data ? null : (interview.error ?? kit.error);
  if (error) {
    return (
      <Page title="Interview">
        <div className="wrap plain-page">
          <h1 className="title">The interview could not be opened.</h1>
          <ErrorNotice error={error} retry={() => void Promise.all([interview.refetch(), kit.refetch()])} />
        </div>
      </Page>
    );
  }
  if (!interview.data || !kit.data || !me) {
    return (
      <Page title="Interview">
        <div className="wrap">
          <Loading what="Opening the interview" />
        </div>
      </Page>
    );
  }
  if (interview.data.live.state === "called_off") return <CalledOff interview={interview.data} />;
  // One session per interview and person; a later answer of the query is merged into it.
  return (
    <Opening key={`${id} ${me.id}`} interview={interview.data} me={me}>
      {({ session, draft, opened }) => <Desk interview={interview.data} kit={kit.data} me={me} session={session} draft={draft} outbox={opened.outbox} />}
    </Opening>
  );
}

/** There is nothing to hold and nothing to read but why. */
export function CalledOff({ interview }: { interview: Interview }) {
  const entry = interview.entries.find((one) => one.body.kind === "call_off");
  return (
    <Page title={interview.title}>
      <div className="wrap plain-page">
        <h1 className="title">This interview was called off.</h1>
        {entry?.body.kind === "call_off" && (
          <p className="reading prose" dir="auto">
            {entry.body.reason}
          </p>
        )}
        <p>
          <Link className="link" to={`/loops/${interview.loop_id}`}>
            Candidate {interview.code}
          </Link>
        </p>
      </div>
    </Page>
  );
}
