// Every page, light and dark, in this project's width: no fault that axe finds, nothing that sticks out, no error.
import { call } from "./people";
import { expect, expectAccessible, signIn, test } from "./server";

test("every page", async ({ page, server }) => {
  // Two dozen pages, each judged twice.
  test.setTimeout(900_000);
  await signIn(page.context(), server);
  if (!(await call(page.request, "get", "/api/me")).demo) await call(page.request, "post", "/api/demo");
  const loops = await page.request.get("/api/loops").then((r) => r.json());
  const loop = (code: string) => loops.find((l: { code: string }) => l.code === code).id;
  const h27 = await call(page.request, "get", `/api/loops/${loop("H-27")}`);
  const alone = await call(page.request, "post", "/api/interviews", { area: "architecture" });
  const paths = [
    "/",
    "/kit",
    "/kit/principles",
    "/kit/compare",
    "/kit/across",
    "/kit/architecture",
    "/kit/testing",
    "/kit/packs/fintech-engineer",
    "/kit/exercises/flaky-suite",
    "/openings",
    "/openings/new",
    `/openings/${h27.opening.id}`,
    `/loops/${h27.id}`,
    `/loops/${h27.id}/debrief`,
    `/loops/${h27.id}/record`,
    `/loops/${loop("H-31")}/debrief`,
    `/interviews/${h27.interviews[0].id}`,
    `/interviews/${alone.id}`,
    `/loops/${alone.loop_id}/scorecard`,
    "/records",
    "/people",
    "/practice",
    "/nowhere",
  ];
  for (const path of paths) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      await expect.soft(page.getByText(/^Loading/)).toHaveCount(0);
      await test.step(`${path} ${colorScheme}`, () => expectAccessible(page, colorScheme === "light" ? "all" : "contrast"));
    }
  }
});
