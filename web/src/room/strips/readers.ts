// Which readers of a strip's queue do not keep up now. One reader may read several queues, and keep up with some.
import type { EdgeNow, Strip } from "../wire";

interface Drawn {
  boxes: { name: string }[];
  edges: { from: number; to: number; carries: string }[];
}

/** Places of the lines from the queue that a strip is about to those who read it. */
function readers(drawn: Drawn, strip: Strip): number[] {
  const [queue] = strip.says.split(", ");
  return drawn.edges.flatMap((edge, at) => (edge.carries === "group" && drawn.boxes[edge.from]?.name === queue ? [at] : []));
}

const nameOf = (drawn: Drawn, at: number): string => drawn.boxes[drawn.edges[at]?.to ?? -1]?.name ?? "";

export function behind(drawn: Drawn, edges: readonly EdgeNow[], strip: Strip): string[] {
  return readers(drawn, strip).flatMap((at) => (edges[at]?.degraded ? [nameOf(drawn, at)] : []));
}

/** Messages a second by which it grows for this reader; less than none when it shrinks. */
export function growingOf(drawn: Drawn, edges: readonly EdgeNow[], strip: Strip, reader: string): number | null {
  const at = readers(drawn, strip).find((one) => nameOf(drawn, one) === reader);
  return at === undefined ? null : (edges[at]?.growing ?? null);
}
