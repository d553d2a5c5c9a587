// All interviews held, and the decision record of a loop.
import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "/records", lazy: async () => ({ Component: (await import("./RecordsPage")).RecordsPage }) },
  { path: "/loops/:id/record", lazy: async () => ({ Component: (await import("./RecordPage")).RecordPage }) },
];
