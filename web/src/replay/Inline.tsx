// The room around a moment, played where it is argued about: the picture, the figures, the inbox, and a small time line.
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import type { components } from "../api/schema";
import { Inbox } from "../room/inbox/Inbox";
import { MayContext } from "../room/parts";
import { RoomContext } from "../room/session/hooks";
import { RoomStrips } from "../room/strips/RoomStrips";
import { SystemRegion } from "../room/SystemRegion";
import { createUi, UiContext } from "../room/ui";
import "../room/room.css";
import { ErrorNotice, Loading } from "../shared/states";
import { useMedia } from "../shared/useMedia";
import { takesQuery } from "./api";
import { ReplayContext } from "./context";
import { pathOf } from "./link";
import "./replay.css";
import { Track } from "./Track";
import { pointsOf } from "./track";
import { useReplay } from "./useReplay";

interface Props {
  room: string;
  moment: components["schemas"]["Moment"];
}

export function Inline({ room, moment }: Props) {
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const { session, error, retry } = useReplay({ take: moment.take, moment: { v: moment.v, seq: moment.seq || null }, speed: 1, plays: !still });
  const takes = useQuery(takesQuery(room));
  const [ui] = useState(createUi);
  const points = useMemo(() => pointsOf(session?.whole.marks ?? [], session?.state()?.hello.faults), [session]);
  const drawn = useMedia("(min-width: 900px)");
  const n = takes.data?.takes.find((one) => one.id === moment.take)?.n ?? null;
  if (error) return <ErrorNotice error={error} retry={retry} />;
  if (!session) return <Loading what="Winding back to fifteen seconds before" />;
  return (
    <RoomContext value={session}>
      <ReplayContext value={session}>
        <UiContext value={ui}>
          <MayContext value={false}>
            <div className="rp-inline">
              <div className="rp-inline-room">
                <div className="rp-left">
                  <SystemRegion
                    as={drawn ? "picture" : "table"}
                    small
                    end={
                      n !== null && (
                        <Link className="link small" to={pathOf({ room, n, v: moment.v, seq: moment.seq || null })}>
                          Open in full
                        </Link>
                      )
                    }
                  />
                  <RoomStrips short marksTitle="Marks" most={3} fixedHeight={40} />
                </div>
                <div className="rm-inbox-place">
                  <Inbox />
                </div>
              </div>
              <Track session={session} points={points} moment={moment.v} compact />
            </div>
          </MayContext>
        </UiContext>
      </ReplayContext>
    </RoomContext>
  );
}
