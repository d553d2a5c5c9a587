// The pages of the kit. Their code is fetched with the first of them; the kit itself is read before
// any is shown, so that a link to a section finds the section.
import type { QueryClient } from "@tanstack/react-query";
import { redirect, type RouteObject } from "react-router";
import { isSignedIn, kitQuery } from "../api/queries";
import type { Kit } from "../api/types";

export function kitRoutes(queries: QueryClient): RouteObject[] {
  const loader = async () => {
    if (await isSignedIn(queries)) await queries.ensureQueryData(kitQuery);
    return null;
  };
  const knows =
    (has: (id: string, kit: Kit) => boolean) =>
    async ({ params }: { params: { id?: string } }) => {
      if (!(await isSignedIn(queries))) return null;
      const kit = await queries.ensureQueryData(kitQuery);
      if (!has(params.id ?? "", kit)) throw new Response("", { status: 404 });
      return null;
    };
  return [
    { path: "kit", loader, lazy: async () => ({ Component: (await import("./pages")).OverviewPage }) },
    { path: "kit/principles", loader, lazy: async () => ({ Component: (await import("./pages")).PrinciplesPage }) },
    { path: "kit/compare", loader, lazy: async () => ({ Component: (await import("./pages")).ComparePage }) },
    { path: "kit/across", loader, lazy: async () => ({ Component: (await import("./pages")).AcrossPage }) },
    { path: "kit/packs", loader: () => redirect("/kit#packs") },
    { path: "kit/exercises", loader: () => redirect("/kit#exercises") },
    { path: "kit/scenarios", loader: () => redirect("/kit#scenarios") },
    {
      path: "kit/scenarios/:id",
      loader: knows((id, kit) => kit.plans.some((plan) => plan.scenario === id)),
      lazy: async () => ({ Component: (await import("./pages")).ScenarioPage }),
    },
    {
      path: "kit/packs/:id",
      loader: knows((id, kit) => kit.packs.some((pack) => pack.id === id)),
      lazy: async () => ({ Component: (await import("./pages")).PackPage }),
    },
    {
      path: "kit/exercises/:id",
      loader: knows((id, kit) => kit.exercises.some((exercise) => exercise.id === id)),
      lazy: async () => ({ Component: (await import("./pages")).ExercisePage }),
    },
    {
      path: "kit/:id",
      loader: knows((id, kit) => kit.areas.some((area) => area.id === id)),
      lazy: async () => ({ Component: (await import("./pages")).AreaPage }),
    },
  ];
}
