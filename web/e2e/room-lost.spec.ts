// A room in trouble: the page is loaded anew, the network goes, the server is killed. What was taken stays, and it says where it is.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bothSides, DESK, faster, inside, roomOf, run } from "./room";
import { lineTo } from "./line";
import { call } from "./people";
import { admin, answers, binary, expect, freePort, test } from "./server";

const ANSWER = "Ask the provider what became of it.";

test("a page loaded anew in mid-room finds everything as it was, half-written words too", async ({ browser, page, server }) => {
  const room = await bothSides(browser, page, server);
  const { candidate } = room;
  await run(room);
  await candidate.getByRole("button", { name: /The provider has not answered/ }).click();
  await candidate.getByLabel("Your answer").fill(ANSWER);
  await candidate.getByRole("button", { name: "Save answer" }).click();
  await candidate.getByLabel("Why").fill("Half a thou");
  await page.keyboard.press("f");
  await expect(page.getByText("Armed", { exact: true })).toBeVisible();
  const before = await candidate.locator(".rm-clock > b").innerText();

  await Promise.all([candidate.reload(), page.reload()]);
  await inside(page, candidate);
  await expect(candidate.getByText(`“${ANSWER}”`)).toHaveCount(0);
  await candidate.getByRole("button", { name: /The provider has not answered/ }).click();
  await expect(candidate.getByText(`“${ANSWER}”`)).toBeVisible();
  await expect(candidate.getByLabel("Why")).toHaveValue("Half a thou");
  await expect(page.getByText("Armed", { exact: true })).toBeVisible();
  // Time went on for whoever stayed; it never goes back.
  await expect.poll(async () => seconds(await candidate.locator(".rm-clock > b").innerText())).toBeGreaterThanOrEqual(seconds(before));
  await expect(candidate.getByRole("button", { name: "Pause" })).toBeVisible();
  await room.guest.close();
});

test("what is decided without network is kept, said to be kept, and sent once", async ({ browser, page, server }) => {
  const line = await lineTo(server.url);
  const room = await bothSides(browser, page, server, line.url);
  const { candidate, guest } = room;
  try {
    await run(room);
    await candidate.getByRole("button", { name: /The provider has not answered/ }).click();
    line.cut();
    await candidate.getByLabel("Your answer").fill(ANSWER);
    await candidate.getByRole("button", { name: "Save answer" }).click();
    await expect(candidate.getByText(/kept here, sent when the server answers/)).toBeVisible();
    await expect(candidate.getByText("Connection lost; trying again.")).toBeVisible();
    // The others go on meanwhile, and know that one is missing.
    await faster(page);
    await expect(page.locator(".rm-here")).toContainText("candidate not here");
    await expect(page.locator("body")).not.toContainText(ANSWER);

    line.mend();
    await expect(candidate.getByText("Back, nothing was lost")).toBeVisible({ timeout: 40_000 });
    await expect(candidate.getByText(/kept here/)).toHaveCount(0);
    await expect(candidate.getByText(`“${ANSWER}”`)).toBeVisible();
    await page.keyboard.press("r");
    await expect(page.getByRole("group", { name: "Record" }).getByText(/Answers in words/)).toHaveCount(1);
    await page.keyboard.press("Space");
    await expect(candidate.getByText(/^Paused/)).toBeVisible();
    await expect(candidate.locator(".rm-clock > b")).toHaveText(await page.locator(".rm-clock > b").innerText());
  } finally {
    await guest.close();
    await line.close();
  }
});

test("the server is killed in mid-room: it stands, says so, and every acknowledged command is there", async ({ browser }) => {
  const data = mkdtempSync(join(tmpdir(), "seatrial-room-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = () => spawn(binary, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`], { stdio: "ignore" });
  let child = start();
  const context = await browser.newContext({ baseURL: url, viewport: DESK });
  const guest = await browser.newContext({ viewport: DESK });
  try {
    await answers(url, child);
    const panel = await context.newPage();
    await call(panel.request, "post", "/api/setup", admin);
    const made = await roomOf(panel.request, url);
    const candidate = await guest.newPage();
    await candidate.goto(made.url);
    await panel.goto(`/interviews/${made.interview}/room`);
    await inside(panel, candidate);
    const room = { panel, candidate, guest, ...made };
    await run(room);
    await faster(panel);
    await candidate.getByRole("button", { name: /The provider has not answered/ }).click();
    await candidate.getByLabel("Your answer").fill(ANSWER);
    await candidate.getByRole("button", { name: "Save answer" }).click();
    await candidate.getByRole("radio", { name: /same key, up to three/ }).check();
    await candidate.getByLabel("Why").fill("A lost answer is not a lost request.");
    await candidate.getByRole("button", { name: "Decide" }).click();
    await expect(candidate.getByText(/Chosen at/)).toBeVisible();
    await panel.keyboard.press("f");
    await expect(panel.getByText("Armed", { exact: true })).toBeVisible();
    await panel.keyboard.press("Enter");
    await expect(panel.getByText(/^fault since/)).toBeVisible();
    const fault = await panel.locator(".rm-running b").first().innerText();
    const decided = /Chosen at (\d+:\d\d)/.exec(await candidate.locator("[data-decision=no_answer]").innerText())![1];

    const dead = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await dead;
    for (const one of [panel, candidate]) await expect(one.getByText("Connection lost; trying again.")).toBeVisible({ timeout: 30_000 });
    // Decided in the dark.
    await candidate.locator("[data-decision=books] .rm-question").click();
    await candidate.getByLabel("Your answer").fill("Nobody does, and somebody must.");
    await candidate.getByRole("button", { name: "Save answer" }).click();
    await expect(candidate.getByText(/kept here, sent when the server answers/)).toBeVisible();

    child = start();
    await answers(url, child);
    for (const one of [panel, candidate]) {
      await expect(one.getByText("Back, nothing was lost")).toBeVisible({ timeout: 60_000 });
      await expect(one.getByText(/The server was started again/)).toBeVisible();
    }
    await expect(panel.locator(".rm-running b").first()).toHaveText(fault);
    await expect(candidate.getByText("“Nobody does, and somebody must.”")).toBeVisible();
    await candidate.locator("[data-decision=no_answer] .rm-question").click();
    await expect(candidate.locator("[data-decision=no_answer]")).toContainText(`Chosen at ${decided}`);
    await expect(candidate.locator("[data-decision=no_answer]")).toContainText("A lost answer is not a lost request.");

    await panel.keyboard.press("Space");
    await expect(candidate.getByRole("button", { name: "Pause" })).toBeVisible();
    await expect(candidate.getByText(/The server was started again/)).toBeHidden();
  } finally {
    await context.close();
    await guest.close();
    child.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  }
});

/** `12:34` or `1:02:03`, in seconds. */
function seconds(clock: string): number {
  return clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}
