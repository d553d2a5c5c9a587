// Queries that more than one page reads. A page's own queries live with the page.
import { queryOptions, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { answer, api } from "./client";

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: () => answer(api.GET("/api/me")),
  staleTime: 60_000,
});

export const kitQuery = queryOptions({
  queryKey: ["kit"],
  queryFn: () => answer(api.GET("/api/kit")),
  // A server serves one kit for its whole life; a new one arrives with a new page load.
  staleTime: Infinity,
  gcTime: Infinity,
});

export const useMe = () => useQuery(meQuery);
export const useKit = () => useQuery(kitQuery);
export const useKitNow = () => useSuspenseQuery(kitQuery);
