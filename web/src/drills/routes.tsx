// The pages of this folder. Each is loaded when first visited (`lazy` of the route).
import type { RouteObject } from "react-router";

export const routes: RouteObject[] = [
  { path: "/drills", lazy: () => import("./DrillsPage") },
  { path: "/drills/:id", lazy: () => import("./DrillPage") },
];
