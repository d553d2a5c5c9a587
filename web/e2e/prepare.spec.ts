// Before and around a room: what a candidate does beforehand, a rehearsal without anybody, the truth opened for a while, and the
// same customers once more.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { call } from "./people";
import { admin, answers, binary, expect, freePort, expectAccessible, type Server, signIn, test } from "./server";

const SCENARIO = "charged-not-settled";

async function invitedTo(browser: Browser, page: Page, server: Server): Promise<{ id: string; candidate: Page }> {
  await signIn(page.context(), server);
  const made = await call(page.request, "post", "/api/interviews", { scenario: SCENARIO });
  const { url } = await call(page.request, "post", `/api/interviews/${made.id}/links`, {});
  const guest = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const candidate = await guest.newPage();
  await candidate.goto(server.url + new URL(url).pathname);
  return { id: made.id, candidate };
}

async function looked(page: Page, name: string): Promise<void> {
  const to = process.env.PICTURES;
  if (to) await page.screenshot({ path: `${to}/${name}.png` });
}

test("a candidate prepares: the check, the tutorial with its five steps, and into the room when somebody comes", async ({ browser, page, server }) => {
  const { id, candidate } = await invitedTo(browser, page, server);

  await test.step("the page says what helps, on a desk and on a phone", async () => {
    await expect(candidate.getByRole("heading", { name: "Before the interview" })).toBeVisible();
    await expect(candidate.getByRole("heading", { name: "What is assessed" })).toBeVisible();
    await candidate.getByRole("button", { name: "Check now" }).click();
    const found = candidate.getByRole("table");
    await expect(found.getByRole("row", { name: /Live connection.*good.*stayed/ })).toBeVisible();
    await expect(found.getByRole("row", { name: /Commands.*(good|works)/ })).toBeVisible();
    await expect(found.getByRole("row", { name: /Window.*good/ })).toBeVisible();
    await candidate.keyboard.press("k");
    await expect(found.getByRole("row", { name: /Keyboard.*“k” arrived/ })).toBeVisible();
    await expectAccessible(candidate);
    await looked(candidate, "prepare-1440");
    await candidate.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(candidate, "contrast");
    await looked(candidate, "prepare-1440-dark");
    await candidate.setViewportSize({ width: 390, height: 844 });
    await expect(candidate.getByText(/wants a larger window/)).toBeVisible();
    await expect(found.getByRole("row", { name: /Window.*does not work.*too narrow/ })).toBeVisible();
    await expectAccessible(candidate);
    await looked(candidate, "prepare-390-dark");
    await candidate.emulateMedia({ colorScheme: "light" });
    await looked(candidate, "prepare-390");
    await candidate.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step("the tutorial's steps tick themselves off", async () => {
    await candidate.getByRole("button", { name: "Open the tutorial" }).click();
    const guide = candidate.getByRole("region", { name: "Tutorial" });
    await expect(guide.getByText(": not done yet")).toHaveCount(5);
    await candidate.keyboard.press("Space");
    await expect(guide.getByText(": done")).toHaveCount(1);
    await candidate.getByRole("button", { name: /, service$/ }).first().click();
    await expect(guide.getByText(": done")).toHaveCount(2);
    await candidate.keyboard.press("Escape");
    await candidate.getByRole("button", { name: /The carrier has not answered/ }).click();
    await candidate.getByLabel("Your answer").fill("Ask again, with the same key.");
    await candidate.getByRole("button", { name: "Save answer" }).click();
    await expect(candidate.getByRole("radio").first()).toBeVisible();
    await expect(guide.getByText(": done")).toHaveCount(3);
    await looked(candidate, "tutorial-1440");
    await expectAccessible(candidate);
    const find = candidate.getByRole("button", { name: /^Find / }).first();
    // A ticket slows the room down, so it is made faster again until one is there.
    await expect(async () => {
      await candidate.getByLabel("Speed").selectOption("16");
      await expect(find).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 90_000 });
    await find.click();
    await expect(guide.getByText(": done")).toHaveCount(4);
    await candidate.getByRole("button", { name: /^Answer ?: / }).first().click();
    await candidate.getByRole("radio", { name: "I cannot tell yet" }).check();
    await candidate.getByLabel("What you write to the customer").fill("We are looking into it.");
    await candidate.getByRole("button", { name: "Send answer" }).click();
    await expect(guide.getByText(/That is all there is to know/)).toBeVisible();
    await looked(candidate, "tutorial-done-1440");
    await candidate.getByRole("button", { name: "leave the tutorial" }).click();
    await expect(candidate.getByText(/You have been through all of its steps/)).toBeVisible();
  });

  await test.step("whoever waits is led to the room when somebody comes, and can go back until it begins", async () => {
    await page.goto(`/interviews/${id}/room`);
    await expect(page.getByText("They have opened it, so the page is not new to them.")).toBeVisible();
    await expect(candidate.getByRole("heading", { name: "System" })).toBeVisible();
    await expect(candidate.getByText(/It has not begun/)).toBeVisible();
    await candidate.getByRole("button", { name: "to the preparation" }).click();
    await candidate.getByRole("button", { name: "Open it again" }).click();
    await expect(candidate.getByText(/in the room of your interview now/)).toBeVisible();
    await page.keyboard.press("Space");
    await expect(candidate.getByRole("button", { name: "to the preparation" })).toBeHidden();
    await expect(candidate.getByRole("region", { name: "Tutorial" })).toBeHidden();
  });
  await candidate.context().close();
});

test("a rehearsal says that a script sits there, offers no link, and plays", async ({ page, server }) => {
  await signIn(page.context(), server);
  await page.goto("/");
  // A start page on which nothing was held yet asks first; the worker's server may be in either state.
  const choose = page.getByRole("button", { name: /choose one of the/ });
  const heading = page.getByRole("heading", { name: "Hold an interview", exact: true });
  await expect(choose.or(heading)).toBeVisible();
  if (await choose.isVisible()) await choose.click();
  await expect(heading).toBeVisible();
  await page.keyboard.press("s");
  await page.getByRole("group", { name: /Rehearse against a scripted candidate/ }).getByRole("button", { name: "good" }).click();
  await expect(page.getByText(/Rehearsal: a script sits there and plays “good”/)).toBeVisible();
  await expect(page.getByText(/Nobody: a script plays the reference design “good”/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Make a link" })).toHaveCount(0);
  await page.getByRole("button", { name: "More of this interview" }).click();
  await expect(page.getByRole("button", { name: "The candidate’s link" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Scorecard" })).toBeVisible();
  await page.keyboard.press("Escape");
  await looked(page, "rehearsal-1440");
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Start Space/ }).click();
  await page.getByRole("button", { name: /^Let it run/ }).click();
  await page.getByLabel("Speed").selectOption("16");
  await page.keyboard.press("r");
  await expect(page.getByRole("group", { name: "Record" }).getByText(/decision|answer/).first()).toBeVisible({ timeout: 60_000 });
});

test("a span is void, the truth is open for three minutes, and the same customers come again", async ({ browser, page, server }) => {
  const { id, candidate } = await invitedTo(browser, page, server);
  await page.goto(`/interviews/${id}/room`);
  await expect(candidate.getByRole("heading", { name: "System" })).toBeVisible();
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: /^Let it run/ })).toBeVisible();
  await page.keyboard.press("Space");
  await page.getByLabel("Speed").selectOption("16");
  await expect(candidate.getByRole("button", { name: "Pause" })).toBeVisible();

  await test.step("a span that does not count, with its reason; the candidate is not told", async () => {
    await expect(page.locator(".rm-clock > b")).toHaveText(/[1-9]\d*:\d\d/);
    await page.getByRole("button", { name: "More of this interview" }).click();
    await page.getByRole("button", { name: "Mark a span that does not count" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Mark it" }).click();
    await expect(dialog.getByRole("alert")).toContainText("A reason is needed");
    await looked(page, "void-1440");
    await expectAccessible(page);
    await dialog.getByLabel("Why").fill("The fire alarm rang.");
    await dialog.getByRole("button", { name: "Mark it" }).click();
    await expect(page.locator(".rm-void")).toHaveCount(1);
    await page.keyboard.press("r");
    await expect(page.getByRole("group", { name: "Record" }).getByText("A span does not count: The fire alarm rang.")).toBeVisible();
    await expect(candidate.getByText(/fire alarm|does not count/)).toHaveCount(0);
  });

  await test.step("the truth opens after a level is pencilled, says until when, and closes", async () => {
    await page.keyboard.press("o");
    await expect(candidate.getByRole("heading", { name: "What is true" })).toBeHidden();
    await page.keyboard.press("l");
    await page.locator("#rm-pencil").getByRole("radio").nth(1).check({ force: true });
    await page.getByRole("button", { name: /Show the candidate what is true/ }).click();
    await expect(candidate.getByRole("heading", { name: "What is true" })).toBeVisible();
    await expect(page.getByText(/until .*; [12]:\d\d left/)).toBeVisible();
    await looked(page, "reveal-panel-1440");
    await looked(candidate, "reveal-candidate-1440");
    await expectAccessible(candidate);
    await page.getByRole("button", { name: /Close it now/ }).click();
    await expect(candidate.getByRole("heading", { name: "What is true" })).toBeHidden();
  });

  await test.step("another take begins for everybody, at nought and with nothing decided", async () => {
    await page.getByRole("button", { name: "More of this interview" }).click();
    await page.getByRole("button", { name: "The same customers again" }).click();
    await looked(page, "again-1440");
    await page.getByRole("button", { name: "Begin take 2" }).click();
    await expect(page.locator(".rm-clock > b")).toHaveText("0:00");
    await expect(candidate.locator(".rm-clock > b")).toHaveText("0:00");
    await expect(page.locator(".rm-void")).toHaveCount(0);
  });
  await candidate.context().close();
});

test("a room that ran when its server was killed stands, and both sides are told why until it goes on", async ({ browser }) => {
  const data = mkdtempSync(join(tmpdir(), "seatrial-prepare-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = () => spawn(binary, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`], { stdio: "ignore" });
  let child = start();
  try {
    await answers(url, child);
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
    await call(context.request, "post", `${url}/api/setup`, admin);
    const page = await context.newPage();
    const { id, candidate } = await invitedTo(browser, page, { url, data });
    await page.goto(`/interviews/${id}/room`);
    await page.getByRole("button", { name: /^Start Space/ }).click();
    await page.getByRole("button", { name: /^Let it run/ }).click();
    await expect(candidate.getByRole("button", { name: "Pause" })).toBeVisible();
    await expect(page.locator(".rm-clock > b")).toHaveText(/0:0[3-9]|0:[1-5]\d/);
    child.kill("SIGKILL");
    await expect(candidate.getByText("Connection lost; trying again.")).toBeVisible();
    child = start();
    await answers(url, child);
    for (const side of [page, candidate]) await expect(side.getByText(/The server was started again/)).toBeVisible();
    await candidate.getByRole("button", { name: "Go on" }).click();
    for (const side of [page, candidate]) await expect(side.getByText(/The server was started again/)).toBeHidden();

    // A session that ended elsewhere is no dead line: it leads to the sign-in, and back.
    await context.clearCookies();
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    child = start();
    await answers(url, child);
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
    await candidate.context().close();
    await context.close();
  } finally {
    child.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  }
});
