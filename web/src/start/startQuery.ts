// What the start page shows: openings, debts, recent records.
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";

export const startQuery = queryOptions({
  queryKey: ["start"],
  queryFn: () => answer(api.GET("/api/start")),
});

/** What a running scenario may be held as besides what is written. */
export const variationsQuery = (id: string) =>
  queryOptions({
    queryKey: ["scenario", id, "variations"],
    queryFn: () => answer(api.GET("/api/scenarios/{id}/variations", { params: { path: { id } } })),
    staleTime: Infinity,
  });
