// The sample, from a debrief in which three people differ to the minute of a room that settles it.
import { call } from "./people";
import { expect, expectAccessible, signIn, test } from "./server";

test("the sample’s disagreement is settled by watching the room again", async ({ page, server }) => {
  await signIn(page.context(), server);
  const loop_id: string = (await call(page.request, "get", "/api/me")).demo
    ? (await call(page.request, "get", "/api/loops")).find((one: { code: string }) => one.code === "H-27").id
    : (await call(page.request, "post", "/api/demo")).loop_id;
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${server.url}/loops/${loop_id}/debrief#consistency`);

  const line = page.locator("#line-consistency");
  const beside = line.getByRole("region", { name: "Beside the picture" });
  const frame = line.locator(".moment-frame");
  const open = async (moment: string) => {
    await line.getByRole("button", { name: `The record at ${moment}` }).click();
    await expect(line.getByRole("region", { name: `The record around ${moment}` })).toBeVisible();
    await expect(line.getByRole("slider", { name: "Moment of the room" })).toBeVisible();
  };
  const settled = async (name: string) => {
    // What the strip of the seven lines half covers is too small to press, and nobody means to.
    await frame.evaluate((one) => window.scrollTo(0, one.getBoundingClientRect().top + window.scrollY - 160));
    await expectAccessible(page);
    if (process.env.SHOTS) await frame.screenshot({ path: `${process.env.SHOTS}/${name}.png`, animations: "disabled" });
  };

  await test.step("the line is open, and says who stands apart", async () => {
    await expect(line.getByText("Wanjiru stands one level lower")).toBeVisible();
    await expect(line.getByText(/and no question before it/)).toBeVisible();
  });

  await test.step("28:10: the dead letters lie there, and nothing has gone back", async () => {
    await open("28:10");
    await line.getByRole("button", { name: /^to the moment, 19:34/ }).click();
    await expect(beside.getByRole("tab", { name: "Dead letters 232" })).toHaveAttribute("aria-selected", "true");
    await expect(beside.getByText(/232\s*put aside by settlement\.add/)).toBeVisible();
    await expect(beside.getByRole("row").nth(5)).toContainText("5 ×, refused");
    await settled("light");
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await settled("dark");
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  });

  await test.step("15:01: the order that was charged twice, in traces that do not join", async () => {
    await open("15:01");
    await expect(beside.getByRole("tab", { name: /^Order \d+/ })).toHaveAttribute("aria-selected", "true");
    await expect(beside.getByText(/No traces join here/)).toBeVisible();
    await expect(beside.getByText("no answer").first()).toBeVisible();
    await expect(beside.locator(".rp-steps .harm")).toBeVisible();
    await settled("order");
  });

  await test.step("the chip leads to the whole room, at that moment", async () => {
    await open("28:10");
    await line.getByRole("link", { name: "Open in full" }).click();
    await expect(page).toHaveURL(/\/rooms\/[^/]+\/takes\/1\?at=1474/);
    await page.goBack();
  });

  await test.step("on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${server.url}/loops/${loop_id}/debrief#consistency`);
    await open("28:10");
    await expect(beside.getByText(/232\s*put aside/)).toBeVisible();
    await settled("phone");
  });
});
