// What a replay asks of the server. A moment comes whole but for the samples, of which only those are sent that are not here yet.
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { components } from "../api/schema";
import type { Frame, Hello } from "../room/wire";

type Said = components["schemas"];
export type History = Said["History"];
export type Step = Said["Step"];
export type Futures = Said["Futures"];
export type RoomStory = Said["RoomStory"];

export const takesQuery = (room: string) =>
  queryOptions({
    queryKey: ["room-takes", room],
    queryFn: () => answer(api.GET("/api/rooms/{id}/takes", { params: { path: { id: room } } })),
  });

export async function momentAt(take: string, v: number, rows: number, seq: number | null = null): Promise<Frame> {
  const query = { v, rows, ...(seq === null ? {} : { seq }) };
  return frameOf(await answer(api.GET("/api/takes/{id}/at", { params: { path: { id: take }, query } })));
}

/** The room's own parts know frames by the wire's names. */
export const frameOf = (frame: Said["PanelFrame"]): Frame => frame as unknown as Frame;

/** Stays as it is for a room that is over; one that is still held is told until now. */
export const historyQuery = (take: string, serial: number) =>
  queryOptions({
    queryKey: ["room-history", take, serial],
    queryFn: () => answer(api.GET("/api/takes/{id}/history", { params: { path: { id: take }, query: { serial } } })),
  });

const SPREAD_EVERY_MS = 1_000;

export const spreadQuery = (take: string) =>
  queryOptions({
    queryKey: ["room-spread", take],
    queryFn: () => answer(api.GET("/api/takes/{id}/spread", { params: { path: { id: take } } })),
    refetchInterval: (query) => (query.state.data && query.state.data.done < query.state.data.of ? SPREAD_EVERY_MS : false),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const storyQuery = (take: string) =>
  queryOptions({
    queryKey: ["room-story", take],
    queryFn: () => answer(api.GET("/api/takes/{id}/story", { params: { path: { id: take } } })),
  });

export const optionsQuery = (take: string, decision: string) =>
  queryOptions({
    queryKey: ["room-options", take, decision],
    queryFn: () => answer(api.GET("/api/takes/{id}/options/{decision}", { params: { path: { id: take, decision } } })),
  });

export interface Otherwise {
  v: number;
  choose: Record<string, string>;
  serial: number | null;
}

export const askWhatIf = (take: string, ask: Otherwise): Promise<Futures> =>
  answer(api.POST("/api/takes/{id}/what-if", { params: { path: { id: take } }, body: ask }));

const HELLO_MS = 20_000;

/** What does not change in a room is said once, at the beginning of its stream; the rest of the stream is not wanted here. */
export function helloOf(take: string, signal: AbortSignal): Promise<Hello> {
  return new Promise((resolve, reject) => {
    const source = new EventSource(`/api/takes/${encodeURIComponent(take)}/live?after=0`);
    const close = () => {
      source.close();
      clearTimeout(timer);
    };
    const fail = () => {
      close();
      reject(new Error("The room could not be opened: the server does not answer, or the room is not yours to see."));
    };
    const timer = setTimeout(fail, HELLO_MS);
    source.addEventListener("hello", (event: MessageEvent<string>) => {
      close();
      resolve(JSON.parse(event.data) as Hello);
    });
    source.addEventListener("error", fail);
    signal.addEventListener("abort", close);
  });
}

export const helloQuery = (take: string) =>
  queryOptions({
    queryKey: ["room-hello", take],
    queryFn: ({ signal }) => helloOf(take, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
