// From the room to the same room played back: what was just seen, and what would come of another decision. In a tab of its own,
// because somebody is being listened to here.
import { pathOf } from "../../replay/link";
import { useDesk } from "../../interview/desk/desk";
import { useRoom, useSeconds } from "../session/hooks";

export function ReplayLink() {
  const { interview } = useDesk();
  const seconds = useSeconds();
  const { opens, take } = useRoom((state) => state.hello);
  const { room } = interview;
  if (!room || seconds <= 0) return null;
  const here = { room: room.id, n: take.n, v: opens + seconds * 1e9 };
  return (
    <span className="rm-replay small muted">
      <a className="link" href={pathOf(here)} target="_blank" rel="noreferrer">
        Replay
      </a>{" "}
      <a className="link" href={pathOf(here, "/what-if")} target="_blank" rel="noreferrer">
        What if …
      </a>
    </span>
  );
}
