// A room from both sides, over a system that really runs: decided in words first, broken by the panel, seen by the candidate.
import { bothSides, faster, run } from "./room";
import { expect, expectAccessible, test } from "./server";

test("asked before the menu, run, broken and noticed", async ({ browser, page, server }) => {
  const room = await bothSides(browser, page, server);
  const { panel, candidate, guest } = room;

  await test.step("it stands until the panel lets it run", async () => {
    await expect(candidate.getByText(/It has not begun/)).toBeVisible();
    await run(room);
    await expect(candidate.getByText(/It has not begun/)).toBeHidden();
    await faster(panel);
  });

  await test.step("options are not in the page before they are asked for", async () => {
    await candidate.getByRole("button", { name: /The provider has not answered/ }).click();
    await expect(candidate.getByRole("radio")).toHaveCount(0);
    await candidate.getByLabel("Your answer").fill("Ask again, with the same key.");
    await candidate.getByRole("button", { name: "Save answer" }).click();
    await candidate.getByRole("radio", { name: /same key, up to three/ }).check();
    await candidate.getByLabel("Why").fill("A lost answer is not a lost request.");
    await candidate.getByRole("button", { name: "Decide" }).click();
    await expect(candidate.getByText(/Answered at .*, before the options/)).toBeVisible();
  });

  await test.step("a fault is armed, fired, seen below and told to nobody", async () => {
    await panel.keyboard.press("f");
    await expect(panel.getByText("Armed", { exact: true })).toBeVisible();
    await panel.keyboard.press("Enter");
    await expect(panel.getByText(/^fault since/)).toBeVisible();
    await expect(candidate.getByText(/wait for settlement, growing/)).toBeAttached({ timeout: 60_000 });
    await expect(candidate.getByText(/fault since|Armed|unnoticed/)).toHaveCount(0);
    await panel.keyboard.press("g");
    await expect(panel.getByText("to notice")).toBeVisible();
    await panel.keyboard.press("Space");
    await expect(candidate.getByText(/Paused/)).toBeVisible();
  });

  await test.step("a note stands in the record at the room's moment, also after a reload", async () => {
    await panel.keyboard.press("n");
    await panel.getByRole("textbox", { name: "Note" }).pressSequentially("Looked below the calm row.");
    await panel.keyboard.press("Enter");
    await panel.keyboard.press("Escape");
    const held = await panel.locator(".rm-clock > b").innerText();
    await expect(panel.getByText(/not sent|kept here/)).toHaveCount(0);
    await panel.reload();
    await expect(panel.getByRole("heading", { name: /sees$/ })).toBeVisible();
    await panel.keyboard.press("r");
    const line = panel.getByRole("group", { name: "Record" }).getByRole("listitem").filter({ hasText: "Looked below the calm row." });
    await expect(line.locator("time")).toHaveText(held);
    await panel.keyboard.press("r");
  });

  await test.step("both sides can be read by everybody, at every width", async () => {
    await panel.keyboard.press("t");
    await expect(panel.getByRole("heading", { name: "Truth" })).toBeVisible();
    for (const [width, height] of [[2560, 1440], [1440, 900], [1280, 800], [1024, 768], [390, 844]] as const) {
      for (const side of [panel, candidate]) {
        await side.setViewportSize({ width, height });
        await expectAccessible(side);
      }
    }
    for (const side of [panel, candidate]) {
      await side.setViewportSize({ width: 1440, height: 900 });
      await side.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(side, "contrast");
    }
  });

  await test.step("what is panel only is gone in one frame, and nothing has moved", async () => {
    const picture = panel.getByRole("button", { name: "checkout, service" });
    const before = await picture.boundingBox();
    await panel.keyboard.press("\\");
    await expect(panel.getByText(/^fault since/)).toBeHidden();
    await expect(panel.getByRole("heading", { name: "Truth" })).toBeHidden();
    await expect(panel.getByRole("region", { name: "Lead" })).toBeHidden();
    expect(await picture.boundingBox()).toEqual(before);
    await panel.keyboard.press("\\");
    await expect(panel.getByRole("heading", { name: "Truth" })).toBeVisible();
  });
  await guest.close();
});
