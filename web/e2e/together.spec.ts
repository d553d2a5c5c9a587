// Two interviewers, two tabs of one person, and a candidate, all at once.
import { call, invited } from "./people";
import { expect, expectAccessible, signIn, test } from "./server";

async function interview(request: import("@playwright/test").APIRequestContext): Promise<{ id: string; loop: string }> {
  const opening = await call(request, "post", "/api/openings", {
    title: "Fintech engineer",
    team: "Payments",
    pack: "fintech-engineer",
    seniority: "staff",
  });
  await call(request, "put", `/api/openings/${opening.id}/bar`, { lines: opening.bar.lines, rules: opening.bar.rules, reason: null });
  const made = await call(request, "post", `/api/openings/${opening.id}/loops`, { name: "נועה לוי" });
  const loop = await call(request, "get", `/api/loops/${made.loop_id}`);
  const of = loop.interviews.find((i: { areas: string[] }) => i.areas.includes("communication") || i.areas.includes("testing"));
  return { id: of.id, loop: made.loop_id };
}

test("what one writes, the other sees; the candidate sees only what is shown", async ({ browser, page, server }) => {
  await signIn(page.context(), server);
  const { id, loop } = await interview(page.request);
  const second = await invited(browser, page.request, "interviewer", "Tomás Peña");
  const [ada, tomas] = await Promise.all([call(page.request, "get", "/api/me"), call(second.request, "get", `${server.url}/api/me`)]);
  await call(page.request, "patch", `/api/interviews/${id}`, {
    people: [
      { person: ada.person.id, part: "interviewer" },
      { person: tomas.person.id, part: "interviewer" },
    ],
  });
  const view = await call(page.request, "get", `/api/interviews/${id}`);

  const other = await second.newPage();
  const tab = await page.context().newPage();
  await page.goto(`/interviews/${id}`);
  await other.goto(`${server.url}/interviews/${id}`);
  await tab.goto(`/interviews/${id}`);
  await page.getByRole("button", { name: /Start the clock/ }).click();
  for (const p of [other, tab]) await expect(p.getByRole("button", { name: /Pause/ })).toBeVisible();

  await test.step("notes and marks cross over, readings do not", async () => {
    const send = (request: typeof page.request, base: string, body: object) =>
      call(request, "post", `${base}/api/interviews/${id}/entries`, { entries: [{ id: crypto.randomUUID(), at_ms: 500, body }] });
    await send(second.request, server.url, { kind: "note", note: "said", text: "<img src=x onerror=alert(1)> “twice”", area: null, signal: null });
    await send(second.request, server.url, { kind: "note", note: "reading", text: "I doubt this", area: null, signal: null });
    for (const p of [page, other, tab]) await expect(p.getByText("<img src=x onerror=alert(1)> “twice”").first()).toBeAttached();
    await expect(other.getByText("I doubt this").first()).toBeAttached();
    await expect(page.getByText("I doubt this")).toHaveCount(0);
    const mine = await call(page.request, "get", `/api/interviews/${id}`);
    expect(JSON.stringify(mine)).not.toContain("I doubt this");
  });

  await test.step("the candidate", async () => {
    expect(view.material.length).toBeGreaterThan(0);
    const made = await call(page.request, "post", `/api/interviews/${id}/links`, {});
    const stranger = await browser.newContext();
    const their = await stranger.newPage();
    await their.goto(made.url);
    await expect(their.getByText("Nothing is shown yet")).toBeVisible();
    await expect(their.getByText("Tomás Peña").first()).toBeVisible();
    await expectAccessible(their);
    const entry = crypto.randomUUID();
    await call(page.request, "post", `/api/interviews/${id}/entries`, {
      entries: [{ id: entry, at_ms: 900, body: { kind: "show", material: view.material[0].id } }],
    });
    await expect(their.getByRole("button", { name: view.material[0].title })).toBeVisible();
    await expectAccessible(their);
    await call(page.request, "delete", `/api/interviews/${id}/links/${made.link.id}`);
    const gone = await stranger.newPage();
    const answer = await gone.goto(made.url);
    expect(answer?.status()).toBe(404);
    await expect(gone.getByRole("heading", { name: "This link does not open anything" })).toBeVisible();
    await stranger.close();
  });

  await test.step("the loop's page and the pre-read hold a name from right to left", async () => {
    await page.goto(`/loops/${loop}`);
    await expect(page.getByText("נועה לוי").first()).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/interviews/${id}/preread`);
    await expect(page.getByText("נועה לוי").first()).toBeVisible();
    await expectAccessible(page);
  });
  await second.close();
});
