// The network goes, the server is killed: what was written stays, and says where it is.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call } from "./people";
import { admin, answers, binary, expect, freePort, signIn, test } from "./server";

test("a note written without network is kept, said to be kept, and sent later", async ({ page, context, server }) => {
  await signIn(context, server);
  const made = await call(page.request, "post", "/api/interviews", { area: "testing", minutes: 10 });
  await page.goto(`/interviews/${made.id}`);
  await page.getByRole("button", { name: /Start the clock/ }).click();
  await expect(page.getByRole("button", { name: /Pause/ })).toBeVisible();
  await expect(page.getByText(/^saved/)).toBeVisible();

  await context.setOffline(true);
  const note = page.getByRole("textbox", { name: "Note" });
  const phone = page.getByRole("button", { name: /^Note/ });
  if (!(await note.isVisible())) await phone.first().click();
  await note.fill("“I would delete half of them.”");
  await note.press("Enter");
  await expect(page.getByText(/kept here/).first()).toBeVisible();
  const before = await call(page.request, "get", `/api/interviews/${made.id}`);
  expect(JSON.stringify(before.entries)).not.toContain("I would delete half");

  await context.setOffline(false);
  await expect(page.getByText(/^saved/)).toBeVisible({ timeout: 20_000 });
  const after = await call(page.request, "get", `/api/interviews/${made.id}`);
  const notes = after.entries.filter((e: { body: { kind: string } }) => e.body.kind === "note");
  expect(notes.map((e: { body: { text: string } }) => e.body.text)).toEqual(["“I would delete half of them.”"]);
});

test("a clock started without network counts from the press, not from the network’s return", async ({ page, context, server }) => {
  await signIn(context, server);
  const made = await call(page.request, "post", "/api/interviews", { area: "testing", minutes: 10 });
  await page.clock.install();
  await page.goto(`/interviews/${made.id}`);
  const start = page.getByRole("button", { name: /Start the clock/ });
  await expect(start).toBeVisible();
  await context.setOffline(true);
  await start.click();
  await expect(page.getByRole("button", { name: /Pause/ })).toBeVisible();
  await page.clock.fastForward("04:00");
  const before = await call(page.request, "get", `/api/interviews/${made.id}`);
  expect(before.live.state).toBe("planned");
  await context.setOffline(false);
  await page.clock.fastForward("01:00");
  await expect(page.getByText(/^saved/)).toBeVisible({ timeout: 20_000 });
  const { live } = await call(page.request, "get", `/api/interviews/${made.id}`);
  expect(live.state).toBe("running");
  // Four minutes without network; the fifth is in it when nothing was sent before it had passed.
  expect(live.elapsed_ms).toBeGreaterThanOrEqual(4 * 60_000);
});

test("the server is killed in mid-interview: nothing that was shown as saved is lost", async ({ browser }) => {
  const data = mkdtempSync(join(tmpdir(), "seatrial-kill-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = () => spawn(binary, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`], { stdio: "ignore" });
  let child = start();
  const context = await browser.newContext({ baseURL: url });
  try {
    await answers(url, child);
    const page = await context.newPage();
    await call(page.request, "post", "/api/setup", admin);
    const made = await call(page.request, "post", "/api/interviews", { area: "resilience", minutes: 10 });
    await page.goto(`/interviews/${made.id}`);
    await page.getByRole("button", { name: /Start the clock/ }).click();
    await expect(page.getByText(/^saved/)).toBeVisible();
    const note = page.getByRole("textbox", { name: "Note" });
    if (!(await note.isVisible())) await page.getByRole("button", { name: /^Note/ }).first().click();
    await note.fill("first, saved");
    await note.press("Enter");
    await expect(page.getByText(/^saved/)).toBeVisible();
    await expect
      .poll(async () => JSON.stringify((await call(page.request, "get", `/api/interviews/${made.id}`)).entries))
      .toContain("first, saved");

    const dead = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await dead;
    await note.fill("second, while the server is gone");
    await note.press("Enter");
    await expect(page.getByText(/kept here/).first()).toBeVisible();

    child = start();
    await answers(url, child);
    await expect(page.getByText(/^saved/)).toBeVisible({ timeout: 30_000 });
    const after = await call(page.request, "get", `/api/interviews/${made.id}`);
    const texts = after.entries.filter((e: any) => e.body.kind === "note").map((e: any) => e.body.text);
    expect(texts).toEqual(["first, saved", "second, while the server is gone"]);
    expect(after.live.state).toBe("running");
  } finally {
    await context.close();
    child.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  }
});
