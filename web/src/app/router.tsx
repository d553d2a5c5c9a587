// Every address of the app. Pages behind the sign-in stand under one guard; each feature lists its
// own pages in its routes.tsx.
import type { QueryClient } from "@tanstack/react-query";
import { createBrowserRouter, redirect, type RouteObject } from "react-router";
import { accountRoutes } from "../account/routes";
import { meQuery } from "../api/queries";
import { routes as debrief } from "../debrief/routes";
import { routes as drills } from "../drills/routes";
import { routes as interview } from "../interview/routes";
import { kitRoutes } from "../kit/routes";
import { routes as openings } from "../openings/routes";
import { routes as people } from "../people/routes";
import { routes as records } from "../records/routes";
import { routes as replay } from "../replay/routes";
import { routes as room } from "../room/panel/routes";
import { routes as scorecard } from "../scorecard/routes";
import { Loading } from "../shared/states";
import { startRoutes } from "../start/routes";
import { NotFound } from "./NotFound";
import { PageError } from "./PageError";
import { Root } from "./Root";

export function appRoutes(queries: QueryClient): RouteObject[] {
  const signedIn = async ({ request }: { request: Request }) => {
    const me = await queries.ensureQueryData(meQuery);
    if (me.setup_needed) throw redirect("/setup");
    if (!me.person) {
      const url = new URL(request.url);
      // A loader is not told the section; on a first load the window still knows it.
      const section = window.location.pathname === url.pathname ? window.location.hash : "";
      const next = url.pathname + url.search + section;
      throw redirect(next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`);
    }
    return null;
  };
  return [
    {
      element: <Root />,
      errorElement: <PageError />,
      hydrateFallbackElement: (
        <div className="wrap">
          <Loading what="Opening Seatrial" />
        </div>
      ),
      children: [
        ...accountRoutes(queries),
        {
          loader: signedIn,
          errorElement: <PageError />,
          children: [
            ...startRoutes(queries),
            ...kitRoutes(queries),
            ...people,
            ...interview,
            ...room,
            ...replay,
            ...drills,
            ...openings,
            ...scorecard,
            ...debrief,
            ...records,
            { path: "*", element: <NotFound /> },
          ].map((route) => ({ errorElement: <PageError />, ...route }) as RouteObject),
        },
      ],
    },
  ];
}

export function createRouter(queries: QueryClient) {
  return createBrowserRouter(appRoutes(queries));
}
