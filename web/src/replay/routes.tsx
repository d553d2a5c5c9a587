// The pages of this folder. Each is loaded when first visited (`lazy` of the route).
import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "/rooms/:room", lazy: () => import("./LatestTake") },
  { path: "/rooms/:room/story", lazy: () => import("./LatestTake") },
  { path: "/rooms/:room/takes/:n", lazy: () => import("./ReplayPage") },
  { path: "/rooms/:room/takes/:n/what-if", lazy: () => import("./WhatIfPage") },
  { path: "/rooms/:room/takes/:n/story", lazy: () => import("./StoryPage") },
];
