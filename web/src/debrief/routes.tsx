// Where the debrief stands.
import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  {
    path: "/loops/:id/debrief",
    lazy: async () => ({ Component: (await import("./DebriefPage")).DebriefPage }),
  },
];
