// An interview held from a printed sheet, entered afterwards, and its notes typed at their minutes; then cited.
import { call } from "./people";
import { expect, expectAccessible, signIn, test } from "./server";

test("an interview on paper becomes a record, and its notes carry a level", async ({ page, server }) => {
  await signIn(page.context(), server);
  const made = await call(page.request, "post", "/api/interviews", { area: "testing" });
  const pdf = await page.request.get("/api/kit/export?to=pdf&area=testing");
  expect(pdf.headers()["content-type"]).toBe("application/pdf");

  await test.step("when it began and how long it took", async () => {
    await page.goto(`/interviews/${made.id}`);
    await page.getByRole("button", { name: "It was held on paper" }).click();
    const dialog = page.getByRole("dialog");
    await expectAccessible(page);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    await dialog.getByLabel("Began").fill(tomorrow);
    await dialog.getByRole("button", { name: "Enter it" }).click();
    await expect(dialog.getByText("It cannot have ended yet")).toBeVisible();
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 16);
    await dialog.getByLabel("Began").fill(yesterday);
    await dialog.getByLabel("Minutes it took").fill("45");
    await dialog.getByRole("button", { name: "Enter it" }).click();
    await expect(page.getByRole("heading", { name: "Ended at 45:00" })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("notes from the sheet, at their minutes", async () => {
    await page.getByRole("link", { name: "Write the scorecard" }).click();
    await page.getByRole("button", { name: "Add a note from paper" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Note").fill("“I would delete <b>half</b> of them.”");
    await dialog.getByLabel("Moment").fill("around noon");
    await dialog.getByRole("button", { name: "Add the note" }).click();
    await expect(dialog.getByText("Write minutes and seconds, such as 28:10.")).toBeVisible();
    await expectAccessible(page);
    await dialog.getByLabel("Moment").fill("28:10");
    await dialog.getByRole("button", { name: "Add the note" }).click();
    await expect(page.getByText("“I would delete <b>half</b> of them.”")).toBeVisible();
    await expect(page.getByText("28:10").first()).toBeVisible();
  });

  await test.step("which is evidence like any other", async () => {
    await page.getByRole("group", { name: "Level" }).getByRole("radio", { name: /good/ }).check();
    await page.getByRole("button", { name: /^Evidence: .*half/ }).click();
    await page.getByLabel("What would have moved it one level").fill("Up: saying what is proved in production.");
    await page.getByRole("group", { name: "Confidence" }).getByRole("radio", { name: "fairly sure" }).check({ force: true });
    await expect(page.getByText(/^kept/)).toBeVisible();
    await page.getByRole("button", { name: /^Submit/ }).click();
    await expect(page.getByRole("button", { name: /Amend/ }).first()).toBeVisible();
    await page.goto(`/loops/${made.loop_id}/debrief`);
    await page.locator("#deviations summary").click();
    await expect(page.locator("#deviations")).toContainText("was held on paper");
    await expectAccessible(page);
  });
});
