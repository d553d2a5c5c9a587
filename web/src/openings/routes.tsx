// Openings, the loops of their candidates, and the page to read before an interview.
import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "/openings", lazy: async () => ({ Component: (await import("./OpeningsPage")).OpeningsPage }) },
  { path: "/openings/new", lazy: async () => ({ Component: (await import("./NewOpeningPage")).NewOpeningPage }) },
  { path: "/openings/:id", lazy: async () => ({ Component: (await import("./OpeningPage")).OpeningPage }) },
  { path: "/loops/:id", lazy: async () => ({ Component: (await import("./loop/LoopPage")).LoopPage }) },
  { path: "/interviews/:id/preread", lazy: async () => ({ Component: (await import("./PreReadPage")).PreReadPage }) },
];
