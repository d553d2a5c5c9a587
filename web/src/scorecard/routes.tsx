// Where the scorecard's page stands.
import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  {
    path: "/loops/:id/scorecard",
    lazy: async () => ({ Component: (await import("./ScorecardPage")).ScorecardPage }),
  },
];
