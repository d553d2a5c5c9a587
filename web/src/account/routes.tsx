// Pages before the sign-in. Each sends away whom it is not for.
import type { QueryClient } from "@tanstack/react-query";
import { redirect, type RouteObject } from "react-router";
import { meQuery } from "../api/queries";

export function accountRoutes(queries: QueryClient): RouteObject[] {
  return [
    {
      path: "sign-in",
      loader: async ({ request }) => {
        const me = await queries.ensureQueryData(meQuery);
        if (me.setup_needed) throw redirect("/setup");
        if (me.person) throw redirect(safeNext(new URL(request.url).searchParams.get("next")));
        return null;
      },
      lazy: async () => ({ Component: (await import("./pages")).SignInPage }),
    },
    {
      path: "setup",
      loader: async () => {
        const me = await queries.ensureQueryData(meQuery);
        if (!me.setup_needed) throw redirect("/");
        return null;
      },
      lazy: async () => ({ Component: (await import("./pages")).SetupPage }),
    },
    {
      path: "join/:token",
      lazy: async () => ({ Component: (await import("./pages")).JoinPage }),
    },
    {
      path: "reset/:token",
      lazy: async () => ({ Component: (await import("./pages")).ResetPage }),
    },
  ];
}

/** Only an address of this app may follow the sign-in, whatever the link says. */
export function safeNext(next: string | null): string {
  if (!next || !next.startsWith("/") || next.startsWith("//") || next.includes("\\")) return "/";
  return next.startsWith("/sign-in") ? "/" : next;
}
