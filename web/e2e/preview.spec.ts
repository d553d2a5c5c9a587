// An author's hour: the file runs in the page, a saved change is there at once, a mistake is told as the terminal tells it while
// the last version that held goes on, and when it is mended all is well again.
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "@playwright/test";
import { binary, expect, expectAccessible, freePort, test as base } from "./server";

const built = !readFileSync("src/wasm/pkg/seatrial_wasm.js", "utf8").includes('"Absent"');

interface Desk {
  folder: string;
  /** Starts a preview there and returns its address and process. */
  preview: (file: string) => Promise<{ url: string; child: ChildProcess }>;
}

const program = resolve(binary);

const test = base.extend<{ desk: Desk }>({
  desk: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "seatrial-author-"));
    const running: ChildProcess[] = [];
    await use({
      folder,
      preview: async (file) => {
        const port = await freePort();
        const child = spawn(program, ["preview", file, "--port", String(port), "--no-open"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
        running.push(child);
        const url = await new Promise<string>((found, failed) => {
          let said = "";
          child.once("exit", (code) => failed(new Error(`the preview ended with ${code}`)));
          child.stdout?.on("data", (data) => {
            said += String(data);
            const address = /http:\S+/u.exec(said)?.[0];
            if (address) found(address);
          });
        });
        return { url, child };
      },
    });
    for (const child of running) if (child.exitCode === null) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  },
});

test.skip(!built, "the module was not built on this machine");

const bar = (page: Page) => page.getByRole("region", { name: "Preview" });
const seats = (page: Page) => page.getByRole("row", { name: /^one seat/u }).first();

test("a file that is being written runs in the page, and its mistakes stand beside the last version that held", async ({ page, desk }) => {
  execFileSync(program, ["new", "scenario", "first-trial"], { cwd: desk.folder });
  const path = join(desk.folder, "first-trial.yaml");
  const first = readFileSync(path, "utf8");
  const { url, child } = await desk.preview("first-trial.yaml");

  // The page shows.
  await page.goto(url);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Booked, and no answer came");
  await expect(bar(page)).toContainText("first-trial.yaml version 1, as saved");
  await page.getByRole("button", { name: "Run", exact: true }).filter({ visible: true }).first().click();
  await expect(page.getByRole("heading", { name: "Consequences" })).toBeVisible();
  const before = await seats(page).innerText();
  await expect(page.getByText("Copy link")).toBeHidden();

  // A change is there as soon as it is saved, and has run.
  const second = first.replace("title: Booked, and no answer came", "title: Booked twice").replace("lost.answer: 8%", "lost.answer: 40%");
  writeFileSync(path, second);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Booked twice");
  await expect(bar(page)).toContainText("version 2, as saved");
  await expect(page.getByRole("heading", { name: "Consequences" })).toBeVisible();
  await expect(seats(page)).not.toHaveText(before);

  // A mistake is told as the terminal tells it, and what held goes on.
  writeFileSync(path, second.replace("call: seats.hold,", "call: seat.hold,"));
  const told = page.getByRole("alert");
  await expect(told).toContainText(/first-trial\.yaml:\d+:\d+: error\[/u);
  const checked = spawnSync(program, ["check", "first-trial.yaml"], { cwd: desk.folder, encoding: "utf8" });
  expect(checked.status).toBe(2);
  expect((await told.innerText()).trim()).toBe(checked.stderr.trim());
  await expect(bar(page)).toContainText("version 2, the last that held, is shown");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Booked twice");
  await page.getByRole("button", { name: /^The seat service has not answered/u }).click();
  await page.getByRole("radio", { name: /^Ask again/u }).first().check();
  await page.getByRole("button", { name: "Run again with the same customers" }).click();
  await expect(page.getByText("run 1 → run 2, same customers")).toBeVisible();
  await expectAccessible(page);

  // Mended; the answer that was chosen is still chosen.
  writeFileSync(path, second.replace("title: Booked twice", "title: Booked once"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Booked once");
  await expect(told).toBeHidden();
  await expect(bar(page)).toContainText("version 3, as saved");
  await expect(page.getByRole("button", { name: /^The seat service has not answered/u })).toContainText("again once");

  // Ctrl-C ends it, and the page says so.
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  await expect(bar(page)).toContainText("The preview has ended");
});

test("a part that a scenario uses is followed as well, from wherever it stands", async ({ page, desk }) => {
  for (const args of ["kit my-kit", "part keeper --in my-kit"]) execFileSync(program, ["new", ...args.split(" ")], { cwd: desk.folder });
  const scenario = `scenario: mine
title: Mine
clock: {play: 1m}
use: [{part: keeper, as: keeper, with: {of: Moved, topic: news}}]
records:
  Thing: {fields: {id: id}}
  Moved: {fields: {ref: id, thing: Thing.id}}
topics: {news: {of: Moved, key: thing}}
clients: {people: {arrive: constant 2/s, make: {Thing: {}}, call: {to: front.go}}}
services: {front: {handlers: {go: {input: {thing: Thing}, steps: [{publish: news, body: {ref: thing.id}}, {respond: ok}]}}}}
invariants: {kept: {each: Thing, at_end: kept.size() == 1, means: {hurts: people}}}
`;
  const kit = join(desk.folder, "my-kit");
  writeFileSync(join(kit, "scenarios", "mine.yaml"), scenario);
  const { url } = await desk.preview("my-kit/scenarios/mine.yaml");
  await page.goto(url);
  await expect(bar(page)).toContainText("version 1, as saved");
  const part = join(kit, "parts", "keeper.yaml");
  const text = readFileSync(part, "utf8");
  writeFileSync(part, text.replace("replicas: ${replicas}", "replicas: ${replica}"));
  await expect(page.getByRole("alert")).toContainText("my-kit/parts/keeper.yaml:");
  writeFileSync(part, text.replace("replicas: 2", "replicas: 3"));
  await expect(bar(page)).toContainText("version 2, as saved");
});
