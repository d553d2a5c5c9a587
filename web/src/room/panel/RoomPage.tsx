// /interviews/:id/room: fetches the interview and the kit, opens both logs (the interview's and the room's), and hands them to
// the room.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useParams } from "react-router";
import type { Interview } from "../../api/types";
import { useKitOver, useMe } from "../../api/queries";
import { statusOf } from "../../api/problem";
import { NotFound } from "../../app/NotFound";
import { CalledOff, interviewQuery } from "../../interview/InterviewPage";
import { Opening } from "../../interview/Opening";
import { Page } from "../../shared/Page";
import { ErrorNotice, Loading } from "../../shared/states";
import { RoomContext, useEntered } from "../session/hooks";
import { RoomSession } from "../session/session";
import { PanelRoom } from "./PanelRoom";

const LOOKS_AGAIN_MS = 10_000;

export function Component() {
  const { id = "" } = useParams();
  const me = useMe().data?.person;
  // Another take may have begun elsewhere, and a session may have ended: the room's own stream says neither to everybody.
  const interview = useQuery({ ...interviewQuery(id), refetchInterval: LOOKS_AGAIN_MS });
  // The questions of the plan, where a scenario leads the interview.
  const kit = useKitOver(interview.data && (interview.data.scenario?.id ?? null));
  if (statusOf(interview.error) === 404)
    return <NotFound what="There is no such interview, or it is not yours to see. Interviews that you hold are on the start page." />;
  const error = interview.data ? null : (interview.error ?? kit.error);
  if (error) {
    return (
      <Page title="Room">
        <div className="wrap plain-page">
          <h1 className="title">The room could not be opened.</h1>
          <ErrorNotice error={error} retry={() => void Promise.all([interview.refetch(), kit.refetch()])} />
        </div>
      </Page>
    );
  }
  if (!interview.data || !kit.data || !me) return <Wait what="Opening the room" />;
  const held: Interview = interview.data;
  if (held.live.state === "called_off") return <CalledOff interview={held} />;
  if (!held.room) {
    return (
      <Page title={held.title}>
        <div className="wrap plain-page">
          <h1 className="title">This interview has no room.</h1>
          <p className="reading muted">It is held by talking alone.</p>
          <p>
            <Link className="link" to={`/interviews/${held.id}`}>
              To the interview
            </Link>
          </p>
        </div>
      </Page>
    );
  }
  const { take } = held.room;
  const whole = kit.data;
  return (
    <Opening key={`${id} ${me.id}`} interview={held} me={me}>
      {(ready) => (
        <Entered key={take} take={take} onGone={() => void interview.refetch()} onLost={() => void interview.refetch()}>
          <PanelRoom interview={held} kit={whole} me={me} session={ready.session} draft={ready.draft} outbox={ready.opened.outbox} />
        </Entered>
      )}
    </Opening>
  );
}

function Wait({ what }: { what: string }) {
  return (
    <Page title="Room">
      <div className="wrap">
        <Loading what={what} />
      </div>
    </Page>
  );
}

/** Follows the room of a take, and shows what stands in it once it has said hello. */
export function Entered({ take, onGone, onLost, children }: { take: string; onGone?: () => void; onLost?: () => void; children: React.ReactNode }) {
  const [session] = useState(() => new RoomSession({ base: `/api/takes/${encodeURIComponent(take)}`, onGone, onLost }));
  useEffect(() => session.follow(), [session]);
  const entered = useEntered(session);
  if (!entered) return <Wait what="Entering the room" />;
  return <RoomContext value={session}>{children}</RoomContext>;
}
