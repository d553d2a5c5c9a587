// The picture in words, for whoever does not see it, and the way from box to box with the arrow keys.
import { clock, count, ms } from "../../system/format";
import type { Rect } from "../../system/layout";
import type { Drawn } from "../../wasm/practice";
import type { BoxNow, EdgeNow } from "../wire";

const KIND = { client: "who comes", service: "service", store: "store", topic: "topic", provider: "outside" } as const;

export function boxName(drawn: Drawn, place: number): string {
  const box = drawn.boxes[place];
  return box ? `${box.name}, ${KIND[box.is]}` : "";
}

const per = (rate: number): string => `${rate >= 100 ? Math.round(rate) : rate.toFixed(1)} per second`;

/** `checkout: 3 of 3 replicas, 34.4 per second, slowest hundredth 1.06 s`. */
export function boxWords(drawn: Drawn, boxes: readonly BoxNow[], edges: readonly EdgeNow[], place: number): string {
  const box = drawn.boxes[place];
  const now = boxes[place];
  if (!box || !now) return "";
  const parts: string[] = [];
  if (now.replicas > 0) parts.push(`${now.up} of ${now.replicas} replicas`);
  if (now.rolling) parts.push(`a change runs on ${now.rolling.done} of ${now.rolling.of}`);
  if (now.rate !== null) parts.push(per(now.rate));
  if (now.p99_ms) parts.push(`slowest hundredth ${ms(now.p99_ms)}`);
  else if (now.p50_ms) parts.push(`usually ${ms(now.p50_ms)}`);
  if (now.word) parts.push(now.word);
  drawn.edges.forEach((edge, at) => {
    const flow = edges[at];
    const to = drawn.boxes[edge.to]?.name ?? "";
    if (edge.from !== place || !flow) return;
    if (flow.lag !== null)
      parts.push(
        `${count(flow.lag)} wait for ${to}${flow.growing ? `, ${flow.growing > 0 ? "growing" : "shrinking"} by ${per(Math.abs(flow.growing))}` : ""}`,
      );
    if (flow.degraded && flow.failed > 0) parts.push(`${per(flow.failed)} to ${to} fail`);
    if (flow.word) parts.push(`to ${to}: ${flow.word}`);
  });
  return `${box.name}: ${parts.length > 0 ? parts.join(", ") : "nothing is measured"}`;
}

export type Direction = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

/** The box that one would expect in a direction: the nearest, with what is off the line counting double. */
export function neighbour(rects: readonly Rect[], from: number, direction: Direction, allowed: (place: number) => boolean): number | null {
  const centre = (rect: Rect) => [rect.x + rect.width / 2, rect.y + rect.height / 2] as const;
  const start = rects[from];
  if (!start) return null;
  const [x, y] = centre(start);
  const sideways = direction === "ArrowLeft" || direction === "ArrowRight";
  const sign = direction === "ArrowRight" || direction === "ArrowDown" ? 1 : -1;
  let best: { place: number; far: number } | null = null;
  rects.forEach((rect, place) => {
    if (place === from || !allowed(place)) return;
    const [cx, cy] = centre(rect);
    const along = (sideways ? cx - x : cy - y) * sign;
    const off = Math.abs(sideways ? cy - y : cx - x);
    if (along <= 1) return;
    const far = along + 2 * off;
    if (!best || far < best.far) best = { place, far };
  });
  return (best as { place: number } | null)?.place ?? null;
}

/** What stands in a box as its second figure. */
export function speedOf(now: BoxNow, long: boolean): string {
  // Nought is what nobody asked for.
  if (now.p99_ms) return long ? `p99 ${ms(now.p99_ms)}` : ms(now.p99_ms);
  return now.p50_ms ? ms(now.p50_ms) : "";
}

export const sinceWords = (v: number, opens: number): string => clock((v - opens) / 1e6);
