// The clock of the room: virtual time, its speed, and the time of day in there.
import { clock } from "../system/format";
import { useRoom, useSeconds } from "./session/hooks";

export function RoomClock({ speed }: { speed?: React.ReactNode }) {
  const seconds = useSeconds();
  const opens = useRoom((state) => state.hello.opens);
  const starts = useRoom((state) => state.hello.starts_unix_s);
  const running = useRoom((state) => state.clock.running);
  const ended = useRoom((state) => state.clock.ended);
  const times = useRoom((state) => state.clock.speed);
  const day = new Date((starts + opens / 1e9 + seconds) * 1000).toISOString().slice(11, 19);
  return (
    <span className="rm-clock">
      <b role="timer" aria-label="Virtual time">
        {clock(seconds * 1000)}
      </b>
      {speed ?? <span>{times}×</span>}
      <span className="muted rm-state">{ended ? "over" : running ? "" : "stands"}</span>
      <span className="muted rm-day">{day} on their clock</span>
    </span>
  );
}

/** Minutes of the interview that are left, by the wall. */
export function TimeLeft() {
  const left_ms = useRoom((state) => state.clock.left_ms === null ? null : Math.floor(state.clock.left_ms / 1000) * 1000);
  if (left_ms === null) return null;
  const over = left_ms < 0;
  return (
    <span className="rm-left">
      <b>{clock(Math.abs(left_ms))}</b> <span className="muted">{over ? "over" : "left"}</span>
    </span>
  );
}
