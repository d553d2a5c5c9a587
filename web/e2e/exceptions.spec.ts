// What a manager does where something will never come: calls an interview off, excuses a person; and what is sent to
// somebody who is only late.
import { call, invited } from "./people";
import { expect, expectAccessible, signIn, test } from "./server";

type Request = import("@playwright/test").APIRequestContext;

/** A candidate with one interview held by these people and the rest planned; returns loop and interviews. */
async function halfHeld(request: Request, people: string[]): Promise<{ loop: string; held: string; rest: { id: string; title: string }[] }> {
  const opening = await call(request, "post", "/api/openings", {
    title: "Platform engineer",
    team: "",
    pack: "fintech-engineer",
    seniority: "senior",
  });
  await call(request, "put", `/api/openings/${opening.id}/bar`, { lines: opening.bar.lines, rules: [], reason: null });
  const { loop_id } = await call(request, "post", `/api/openings/${opening.id}/loops`, { name: "Noor Said" });
  const loop = await call(request, "get", `/api/loops/${loop_id}`);
  const [held, ...rest] = loop.interviews;
  await call(request, "patch", `/api/interviews/${held.id}`, {
    people: people.map((person) => ({ person, part: "interviewer" })),
  });
  const entry = (body: object) => ({ id: crypto.randomUUID(), at_ms: 0, body });
  await call(request, "post", `/api/interviews/${held.id}/entries`, { entries: [entry({ kind: "start" }), entry({ kind: "end" })] });
  return { loop: loop_id, held: held.id, rest };
}

async function submit(request: Request, base: string, loop: string): Promise<void> {
  const path = `${base}/api/loops/${loop}/scorecard`;
  const card = await call(request, "get", path);
  let rev = card.rev;
  for (const area of card.due_areas) {
    const score = { area, decided: true, level: null, confidence: null, would_move: "", seen: [], evidence: [] };
    rev = (await call(request, "put", `${path}/areas/${area}`, { base_rev: rev, score })).rev;
  }
  await call(request, "post", `${path}/submit`);
}

test("a debrief opens without what will never come, and says so", async ({ browser, page, server }) => {
  await signIn(page.context(), server);
  const context = page.context();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const tomas = await invited(browser, page.request, "interviewer", "Tomás Peña");
  const lin = await invited(browser, page.request, "interviewer", "林 美玲");
  const id = async (request: Request, base = "") => (await call(request, "get", `${base}/api/me`)).person.id;
  const tomasId = await id(tomas.request, server.url);
  const linId = await id(lin.request, server.url);
  // The administrator holds it to write the record, and then leaves it to the two.
  const { loop, held, rest } = await halfHeld(page.request, [await id(page.request)]);
  await call(page.request, "patch", `/api/interviews/${held}`, {
    people: [tomasId, linId].map((person) => ({ person, part: "interviewer" })),
  });
  await submit(tomas.request, server.url, loop);

  await test.step("who is late is reminded by a message that says nothing of others", async () => {
    await page.goto(`/loops/${loop}/debrief`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Waiting for one of two.");
    await expect(page.getByRole("list", { name: "Interviews still to be held" }).getByRole("listitem")).toHaveCount(rest.length);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Remind 林 美玲" }).click();
    await expectAccessible(page);
    const message = page.getByRole("dialog").getByLabel("Message");
    await expect(message).toHaveValue(new RegExp(`^Hello 林 美玲, .* waits for your scorecard.*${server.url}/loops/${loop}/scorecard$`));
    await page.getByRole("dialog").getByRole("button", { name: "Copy" }).click();
    await expect(page.getByRole("status").getByText("Copied.")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await message.inputValue());
    await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
    // Whoever only takes part can remind, and do nothing out of the ordinary.
    const other = await tomas.newPage();
    await other.goto(`${server.url}/loops/${loop}/debrief`);
    await expect(other.getByRole("button", { name: "Remind 林 美玲" })).toBeVisible();
    await expect(other.getByRole("button", { name: /Excuse|Call off|Open early/ })).toHaveCount(0);
  });

  await test.step("interviews that will not be held are called off, with a reason", async () => {
    const [first, ...others] = rest;
    await page.getByRole("button", { name: `Call off ${first?.title}` }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Call it off" }).click();
    await expect(dialog.getByText("Say why it will not be held.")).toBeVisible();
    await expectAccessible(page);
    await dialog.getByLabel("Reason").fill("<b>She</b> accepted another offer.");
    await dialog.getByRole("button", { name: "Call it off" }).click();
    await expect(page.getByRole("list", { name: "Out of the ordinary" })).toContainText("<b>She</b> accepted another offer.");
    await page.goto(`/loops/${loop}`);
    for (const one of others) {
      const row = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: one.title }) });
      await row.getByRole("button", { name: "Call off" }).click();
      await page.getByRole("dialog").getByLabel("Reason").fill("The candidate withdrew.");
      await page.getByRole("dialog").getByRole("button", { name: "Call it off" }).click();
      await expect(row).toContainText("called off");
    }
    await expectAccessible(page);
    await page.goto(`/interviews/${first?.id}`);
    await expect(page.getByRole("heading", { name: "The interview could not be opened." })).toBeVisible();
  });

  await test.step("who will not write is excused, and the debrief opens to the rest", async () => {
    await page.goto(`/loops/${loop}/debrief`);
    await page.getByRole("button", { name: "Excuse 林 美玲" }).click();
    await expectAccessible(page);
    await page.getByRole("dialog").getByLabel("Reason").fill("On leave until spring.");
    await page.getByRole("dialog").getByRole("button", { name: "Excuse", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: /^Debrief/ })).toBeVisible();
    const fold = page.locator("#deviations");
    await fold.locator("summary").click();
    await expect(fold).toContainText("林 美玲 was excused from a scorecard");
    await expect(fold).toContainText("On leave until spring.");
    await expect(fold.getByText("was called off")).toHaveCount(rest.length);
    await expectAccessible(page);
    await page.goto(`/loops/${loop}/record`);
    await expect(page.getByText("On leave until spring.")).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("to the one who was excused it opens with theirs", async () => {
    const theirs = await lin.newPage();
    await theirs.goto(`${server.url}/loops/${loop}/debrief`);
    await expect(theirs.getByRole("heading", { level: 1 })).toContainText("The others open to you once yours is in.");
    await expectAccessible(theirs);
    await submit(lin.request, server.url, loop);
    await theirs.reload();
    await expect(theirs.getByRole("heading", { level: 1, name: /^Debrief/ })).toBeVisible();
  });
  await tomas.close();
  await lin.close();
});
