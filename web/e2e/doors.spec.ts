// The doors: first account, signing in and out, invitations, links that no longer open.
import { admin, expect, expectAccessible, signIn, test } from "./server";

test("a first start asks for the first account and then offers three first steps", async ({ page, fresh }) => {
  await page.goto(`${fresh.url}/kit/consistency#rubric`);
  await expect(page.getByRole("heading", { name: "Make the first account." })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Your name").fill("ليلى حداد");
  await page.getByLabel("Email").fill("layla@example.org");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Make it and begin" }).click();
  await expect(page.getByRole("alert")).toContainText("10 characters");

  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Make it and begin" }).click();
  await expect(page.getByRole("heading", { name: "Nothing here yet." })).toBeVisible();
  await expectAccessible(page);

  await page.reload();
  await expect(page.getByRole("heading", { name: "Nothing here yet." })).toBeVisible();
  await page.goto(`${fresh.url}/setup`);
  await expect(page).toHaveURL(`${fresh.url}/`);
});

test("signing in leads back to the section that was asked for; signing out closes every page", async ({ page }) => {
  await page.goto("/kit/consistency#rubric");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Email").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("did not match");

  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Rubric" })).toBeInViewport();
  await expect(page).toHaveURL(/\/kit\/consistency#rubric$/u);

  await page.getByRole("button", { name: `Menu of ${admin.name}` }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("an invitation lets one person in, once", async ({ page, browser, server }, info) => {
  await signIn(page.context(), server);
  await page.goto("/people");
  const note = `for ${info.project.name} <b>Noor</b>`;
  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("For whom").fill(note);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Invitation", { exact: true }).inputValue();
  await expect(page.getByText("works only on this machine")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("rowheader", { name: note })).toBeVisible();

  const theirs = await browser.newContext();
  const guest = await theirs.newPage();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: `${admin.name} invites you.` })).toBeVisible();
  await expectAccessible(guest);
  await guest.getByLabel("Your name").fill("Noor “N” 山田");
  await guest.getByLabel("Email").fill(`noor-${info.project.name}@example.org`);
  await guest.getByLabel("Password", { exact: true }).fill("four plain words more");
  await guest.getByRole("button", { name: "Join" }).click();
  await expect(guest.getByRole("main")).toBeVisible();
  await expect(guest).toHaveURL(`${server.url}/`);
  await guest.goto(`${server.url}/people`);
  await expect(guest.getByRole("heading", { name: "People" })).toBeVisible();
  await expect(guest.getByRole("heading", { name: "Invitations" })).toHaveCount(0);
  await theirs.close();

  const third = await browser.newContext();
  const late = await third.newPage();
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This invitation no longer opens." })).toBeVisible();
  await expectAccessible(late);
  await third.close();
});
