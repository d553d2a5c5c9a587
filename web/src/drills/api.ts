// What the pages of drills ask of the server.
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { components } from "../api/schema";

type Said = components["schemas"];
export type Drill = Said["Drill"];
export type Drills = Said["Drills"];

export const drillsQuery = queryOptions({ queryKey: ["drills"], queryFn: () => answer(api.GET("/api/drills")) });

const LOOKS_AGAIN_MS = 5_000;

/** Looked at again: people join, and it ends. */
export const drillQuery = (id: string) =>
  queryOptions({
    queryKey: ["drill", id],
    queryFn: () => answer(api.GET("/api/drills/{id}", { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.over ? false : LOOKS_AGAIN_MS),
  });

export const makeDrill = (what: { scenario: string; lead: boolean; variation?: string }): Promise<Drill> =>
  answer(api.POST("/api/drills", { body: what }));

export const joinDrill = (id: string): Promise<Drill> => answer(api.POST("/api/drills/{id}/people", { params: { path: { id } } }));

export const storyOf = (id: string): string => `/rooms/${id}/takes/1/story`;
