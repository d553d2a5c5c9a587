// How many times as fast as the wall's clock: for whoever may set it.
import { useRoom, useSession } from "./session/hooks";

export function SpeedChoice({ may }: { may: boolean }) {
  const session = useSession();
  const speeds = useRoom((state) => state.hello.speeds);
  const speed = useRoom((state) => state.clock.speed);
  if (!may) return <span>{speed}×</span>;
  return (
    <select
      className="rm-speed"
      aria-label="Speed"
      value={speed}
      onChange={(event) => session.send("clock", { kind: "speed", times: Number(event.target.value) })}
    >
      {[...new Set([...speeds, speed])]
        .sort((a, b) => a - b)
        .map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
    </select>
  );
}
