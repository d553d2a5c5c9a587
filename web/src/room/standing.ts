// Why the room stands, in words; empty while it runs.
import { clock } from "../system/format";
import { useRoom } from "./session/hooks";
import type { RoomState } from "./session/state";

export function standingWords({ clock: now, hello }: Pick<RoomState, "clock" | "hello">): string {
  if (now.ended) return `Over at ${clock((now.v - hello.opens) / 1e6)}. Everything can still be read.`;
  if (now.running) return "";
  if (now.why) return now.why;
  return now.v <= hello.opens ? "It has not begun: nothing moves until it runs." : "Paused: nothing moves until it goes on.";
}

export function useStanding(): string {
  return useRoom(standingWords);
}
