// The rooms of a loop's interviews: each can be watched again, and its story read. Facts, folded with the rest of them.
import { useQueries } from "@tanstack/react-query";
import { Link } from "react-router";
import type { InterviewLite } from "../api/types";
import { interviewQuery } from "./moment/Moment";

/** The interviews that had a room; none while that is not known yet. */
export function useRooms(interviews: readonly InterviewLite[]) {
  const held = interviews.filter((one) => one.started_at !== null);
  const read = useQueries({ queries: held.map((one) => interviewQuery(one.id)) });
  return read.flatMap(({ data }) => (data?.room ? [{ id: data.id, title: data.title, room: data.room }] : []));
}

export function Rooms({ rooms }: { rooms: ReturnType<typeof useRooms> }) {
  return (
    <ul className="fold-list">
      {rooms.map(({ id, title, room }) => (
        <li key={id}>
          <b dir="auto">{title}</b>
          {room.variation && <span className="muted"> as “{room.variation.replaceAll("_", " ")}”</span>}
          <p>
            <Link className="link" to={`/rooms/${room.id}`}>
              Watch it again
            </Link>{" "}
            <Link className="link" to={`/rooms/${room.id}/story`}>
              Its story
            </Link>
          </p>
        </li>
      ))}
    </ul>
  );
}
