// The start page.
import type { QueryClient } from "@tanstack/react-query";
import type { RouteObject } from "react-router";
import { isSignedIn, kitQuery } from "../api/queries";
import { startQuery } from "./startQuery";

export function startRoutes(queries: QueryClient): RouteObject[] {
  return [
    {
      index: true,
      loader: async () => {
        if (!(await isSignedIn(queries))) return null;
        void queries.prefetchQuery(startQuery);
        await queries.ensureQueryData(kitQuery);
        return null;
      },
      lazy: async () => ({ Component: (await import("./StartPage")).StartPage }),
    },
  ];
}
