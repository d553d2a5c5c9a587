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
 * The kit as an interview reads it: over a scenario, what its areas ask and listen for is the plan's. Wait for the
 * interview with `undefined`; `null` is one about areas by themselves.
 */
export const kitOverQuery = (scenario: string | null) =>
  scenario === null
    ? kitQuery
    : queryOptions({
        queryKey: ["kit", "over", scenario],
        queryFn: () => answer(api.GET("/api/kit", { params: { query: { scenario } } })),
        staleTime: Infinity,
        gcTime: Infinity,
      });

/** The kit for pages over several interviews: every area with what any plan asks and listens for beside its own. */
export const wholeKitQuery = queryOptions({
  queryKey: ["kit", "with all plans"],
  queryFn: () => answer(api.GET("/api/kit", { params: { query: { all_plans: true } } })),
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
export const useKitOver = (scenario: string | null | undefined) =>
  useQuery({ ...kitOverQuery(scenario ?? null), enabled: scenario !== undefined });
export const useWholeKit = () => useQuery(wholeKitQuery);
export const useKitNow = () => useSuspenseQuery(kitQuery);
