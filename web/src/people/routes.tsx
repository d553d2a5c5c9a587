// People and invitations.
import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "people", lazy: async () => ({ Component: (await import("./PeoplePage")).PeoplePage }) },
];
