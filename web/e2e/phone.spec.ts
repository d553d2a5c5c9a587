// An interview held with a thumb: four keys at the foot, a sheet for signals, and a note that survives a lost network.
import { call } from "./people";
import { expect, expectAccessible, signIn, test } from "./server";

test("an interview on a phone", async ({ page, context, server }) => {
  await signIn(context, server);
  const made = await call(page.request, "post", "/api/interviews", { area: "testing", minutes: 10 });
  await page.goto(`/interviews/${made.id}`);
  await page.getByRole("button", { name: /Start the clock/ }).click();
  const keys = page.getByRole("toolbar", { name: "Marks" });
  const record = page.getByRole("region", { name: "Record" });

  await test.step("the four keys are large enough for a thumb", async () => {
    for (const key of await keys.getByRole("button").all()) {
      const box = await key.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect(box?.width).toBeGreaterThanOrEqual(44);
    }
    await expectAccessible(page);
  });

  await test.step("a signal from the sheet", async () => {
    await keys.getByRole("button", { name: /^Signal/ }).click();
    await expectAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: /^2 / }).click();
    await page.keyboard.press("Escape");
    await expect(keys.getByRole("button", { name: "Signal 1 of 9" })).toBeVisible();
  });

  await test.step("a follow-up and a hint", async () => {
    await keys.getByRole("button", { name: /^Asked/ }).click();
    await keys.getByRole("button", { name: /^Hint/ }).click();
    await expect(record.getByText("hint 1")).toBeVisible();
  });

  await test.step("a note while the network is gone, sent when it is back", async () => {
    await context.setOffline(true);
    await keys.getByRole("button", { name: /^Note/ }).click();
    await page.getByRole("dialog").getByRole("textbox", { name: "Note" }).fill("„נתחיל מהכסף“, he says");
    await expectAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Keep" }).click();
    await expect(record.getByText("נתחיל מהכסף")).toBeVisible();
    await context.setOffline(false);
    await expect
      .poll(async () => JSON.stringify((await call(page.request, "get", `/api/interviews/${made.id}`)).entries), { timeout: 30_000 })
      .toContain("נתחיל מהכסף");
  });
});
