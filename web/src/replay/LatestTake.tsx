// /rooms/:room and /rooms/:room/story: to the newest take that began from the start, for links that know of the room alone.
import { Navigate, useLocation, useParams } from "react-router";
import { TakeOf } from "./TakeOf";

export function Component() {
  const { room = "" } = useParams();
  const { search, pathname } = useLocation();
  const page = pathname.endsWith("/story") ? "/story" : "";
  return (
    <TakeOf room={room} n={null}>
      {({ take }) => <Navigate replace to={`/rooms/${encodeURIComponent(room)}/takes/${take.n}${page}${search}`} />}
    </TakeOf>
  );
}
