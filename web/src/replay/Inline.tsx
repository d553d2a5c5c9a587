// The room around a moment, played where it is argued about: the picture, the figures, the inbox, and a small time line.
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import type { components } from "../api/schema";
import { MayContext } from "../room/parts";
import { RoomContext } from "../room/session/hooks";
import { RoomStrips } from "../room/strips/RoomStrips";
import { SystemRegion } from "../room/SystemRegion";
import { createUi, UiContext } from "../room/ui";
import "../room/room.css";
import { ErrorNotice, Loading } from "../shared/states";
import { useMedia } from "../shared/useMedia";
import { takesQuery } from "./api";
import { Beside } from "./Beside";
import { ReplayContext } from "./context";
import { pathOf } from "./link";
import "./replay.css";
import { Track } from "./Track";
import { pointsOf } from "./track";
import { useReplay } from "./useReplay";
import { useWishes } from "./useWishes";

interface Props {
  room: string;
  moment: components["schemas"]["Moment"];
}

export function Inline({ room, moment }: Props) {
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const { session, error, retry } = useReplay({ take: moment.take, moment: { v: moment.v, seq: moment.seq || null }, speed: 1, plays: !still });
  const takes = useQuery(takesQuery(room));
  const [ui] = useState(createUi);
  const [searched, find] = useState<string | null>(null);
  useWishes(ui, find);
  const points = useMemo(() => pointsOf(session?.whole.marks ?? [], session?.state()?.hello.faults), [session]);
  const drawn = useMedia("(min-width: 900px)");
  const n = takes.data?.takes.find((one) => one.id === moment.take)?.n ?? null;
  if (error) return <ErrorNotice error={error} retry={retry} />;
  if (!session) return <Loading what="Winding back to fifteen seconds before" />;
  // On a phone the system is a long table: what the moment is about comes before it.
  const system = (
    <SystemRegion
      as={drawn ? "picture" : "table"}
      small
      end={
        n !== null && (
          <Link className="link small rp-full" to={pathOf({ room, n, v: moment.v, seq: moment.seq || null })}>
            Open in full
          </Link>
        )
      }
    />
  );
  return (
    <RoomContext value={session}>
      <ReplayContext value={session}>
        <UiContext value={ui}>
          <MayContext value={false}>
            <div className="rp-inline">
              {drawn && system}
              <div className="rp-inline-room">
                <div className="rp-left">
                  <RoomStrips short marksTitle="Marks" most={3} fixedHeight={drawn ? 80 : 40} />
                </div>
                <Beside take={moment.take} searched={searched} onKey={find} />
              </div>
              <Track session={session} points={points} moment={moment.v} compact />
              {!drawn && system}
            </div>
          </MayContext>
        </UiContext>
      </ReplayContext>
    </RoomContext>
  );
}
