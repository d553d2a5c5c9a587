// /rooms/:room: to the newest take that began from the start, for links that know of the room alone.
import { Navigate, useLocation, useParams } from "react-router";
import { TakeOf } from "./TakeOf";

export function Component() {
  const { room = "" } = useParams();
  const { search } = useLocation();
  return (
    <TakeOf room={room} n={null}>
      {({ take }) => <Navigate replace to={`/rooms/${encodeURIComponent(room)}/takes/${take.n}${search}`} />}
    </TakeOf>
  );
}
