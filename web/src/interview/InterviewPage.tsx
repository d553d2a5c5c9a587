// /interviews/:id: fetches the interview and the kit, opens this browser's outbox, follows the live
// stream, and hands all of it to the desk.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useParams } from "react-router";
import { answer, api } from "../api/client";
import { useKitOver, useMe } from "../api/queries";
import { statusOf } from "../api/problem";
import type { Interview, Kit, PersonRef } from "../api/types";
import { NotFound } from "../app/NotFound";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { Desk } from "./desk/Desk";
import { outboxOf, type Opened } from "./outbox/open";
import { DraftBox } from "./record/draft";
import { Session } from "./session/session";
import { follow } from "./session/stream";

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
  return <Opening key={`${id} ${me.id}`} interview={interview.data} kit={kit.data} me={me} />;
}

/** There is nothing to hold and nothing to read but why. */
function CalledOff({ interview }: { interview: Interview }) {
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

interface Ready {
  opened: Opened;
  session: Session;
  draft: DraftBox;
}

function Opening({ interview, kit, me }: { interview: Interview; kit: Kit; me: PersonRef }) {
  const [ready, setReady] = useState<Ready | null>(null);
  const [first] = useState(interview);

  useEffect(() => {
    let gone = false;
    const close: (() => void)[] = [];
    void outboxOf(me.id).then(async (opened) => {
      const session = new Session({ interview: first, me: me.id, outbox: opened.outbox });
      const draft = new DraftBox(`${me.id}:${first.id}`, opened.store, opened.wire);
      await draft.open();
      if (gone) return draft.close();
      close.push(session.follow(), () => draft.close());
      close.push(
        follow((after) => `/api/interviews/${first.id}/live?after=${after}`, {
          after: session.complete,
          change: ({ entries, live }) => {
            session.mergeAll(entries, live);
            // The line is alive, so what waits because of a dead one can go now.
            if (opened.outbox.snapshot().sending === "unreachable") opened.outbox.wake();
          },
          state: (state) => session.streamIs(state),
        }),
      );
      setReady({ opened, session, draft });
    });
    return () => {
      gone = true;
      for (const one of close) one();
    };
  }, [first, me.id]);

  useEffect(() => {
    ready?.session.mergeAll(interview.entries, interview.live);
  }, [ready, interview]);

  if (!ready) {
    return (
      <Page title={interview.title}>
        <div className="wrap">
          <Loading what="Opening the interview" />
        </div>
      </Page>
    );
  }
  return (
    <Desk
      interview={interview}
      kit={kit}
      me={me}
      session={ready.session}
      draft={ready.draft}
      outbox={ready.opened.outbox}
    />
  );
}
