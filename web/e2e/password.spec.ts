// Passwords: changed by whoever knows theirs, and chosen anew by link by whoever does not.
import { call, invited } from "./people";
import { admin, expect, expectAccessible, signIn, test } from "./server";

const NEW = "four other plain words";

test("a password is changed in the menu, and set by a link once", async ({ browser, page, server }) => {
  await signIn(page.context(), server);
  const theirs = await invited(browser, page.request, "interviewer", "Zoë Q");
  const { person } = await call(theirs.request, "get", `${server.url}/api/me`);
  const zoe = await theirs.newPage();

  await test.step("one’s own, with the present one", async () => {
    await zoe.goto(server.url);
    const elsewhere = await browser.newContext();
    await signIn(elsewhere, server, { ...admin, email: person.email });
    await zoe.getByRole("button", { name: "Menu of Zoë Q" }).click();
    await zoe.getByRole("button", { name: "Change password …" }).click();
    const dialog = zoe.getByRole("dialog");
    await dialog.getByLabel("Present password").fill("not this one");
    await dialog.getByLabel("New password").fill(NEW);
    await expectAccessible(zoe);
    await zoe.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(zoe);
    await zoe.setViewportSize({ width: 1440, height: 900 });
    await dialog.getByRole("button", { name: "Change it" }).click();
    await expect(dialog.getByRole("alert")).toContainText("not your present password");
    await dialog.getByLabel("Present password").fill(admin.password);
    await zoe.keyboard.press("Enter");
    await expect(zoe.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
    await dialog.getByRole("button", { name: "Done" }).click();
    await zoe.reload();
    await expect(zoe.getByRole("button", { name: "Menu of Zoë Q" })).toBeVisible();
    const other = await elsewhere.newPage();
    await other.goto(server.url);
    await expect(other.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await elsewhere.close();
  });

  await test.step("by an administrator’s link", async () => {
    await page.goto("/people");
    await page.getByRole("row", { name: /Zoë Q/ }).getByRole("button", { name: "New password for Zoë Q" }).click();
    await expectAccessible(page);
    await page.getByRole("dialog").getByRole("button", { name: "Make the link" }).click();
    const link = await page.getByLabel("Link for a new password", { exact: true }).inputValue();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Done" }).click();
    const stranger = await browser.newContext();
    const anew = await stranger.newPage();
    await anew.goto(link);
    await expect(anew.getByRole("heading", { name: "Choose a new password." })).toBeVisible();
    await expectAccessible(anew);
    await anew.getByLabel("New password").fill("short");
    await anew.getByRole("button", { name: "Set it and sign in" }).click();
    await expect(anew.getByRole("alert")).toContainText("10 characters");
    await anew.getByLabel("New password").fill("five more plain words here");
    await anew.getByRole("button", { name: "Set it and sign in" }).click();
    await expect(anew.getByRole("button", { name: "Menu of Zoë Q" })).toBeVisible();
    await zoe.goto(`${server.url}/records`);
    await expect(zoe.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await zoe.goto(link);
    await expect(zoe.getByRole("heading", { name: "This link no longer opens." })).toBeVisible();
    await expectAccessible(zoe);
    await stranger.close();
  });
  await theirs.close();
});
