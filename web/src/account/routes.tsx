// Pages before the sign-in. Each is loaded when first visited.
import type { QueryClient } from "@tanstack/react-query";
import type { RouteObject } from "react-router";

export function accountRoutes(_queries: QueryClient): RouteObject[] {
  return [];
}
