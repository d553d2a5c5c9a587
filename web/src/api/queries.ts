// Queries that more than one page reads. A page's own queries live with the page.
import { type QueryClient, queryOptions, useQuery, useSuspenseQuery } from "@tanstack/react-query";
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

/**
 * Whether somebody is signed in. Loaders of one address run side by side with the guard that sends
 * strangers to the sign-in; one that reads what only people may read asks this first.
 */
export async function isSignedIn(queries: QueryClient): Promise<boolean> {
  return (await queries.ensureQueryData(meQuery)).person !== null;
}

export const useMe = () => useQuery(meQuery);
export const useKit = () => useQuery(kitQuery);
export const useKitNow = () => useSuspenseQuery(kitQuery);
