// Starts the real binary on a free port with an empty folder of data, and stops it. A worker has one
// server, with an administrator; a test that is about the very first start asks for a fresh one.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, request, test as base } from "@playwright/test";

export const binary = process.env.SEATRIAL_BIN ?? "../target/release/seatrial";
/** Every request that changes something says that it comes from our pages. */
const GUARD = { "X-Seatrial": "1" };

export const admin = { name: "Ines Okafor", email: "ines@example.org", password: "three plain words" };

export interface Server {
  url: string;
  data: string;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

export async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${binary} ended with ${child.exitCode} before it answered`);
    try {
      if ((await fetch(`${url}/api/health`)).ok) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > deadline) throw new Error(`${binary} did not answer within 20 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function withServer(use: (server: Server) => Promise<void>): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "seatrial-e2e-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(binary, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  writeFileSync(join(data, "server.pid"), String(child.pid));
  try {
    await answers(url, child);
    await use({ url, data });
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (child.exitCode === null && child.kill("SIGTERM")) await ended;
    rmSync(data, { recursive: true, force: true });
  }
}

/** Signs a browser in without the form, which has a test of its own. */
export async function signIn(context: BrowserContext, server: Server, who = admin): Promise<void> {
  const answer = await context.request.post(`${server.url}/api/session`, {
    data: { email: who.email, password: who.password },
    headers: GUARD,
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

interface Fixtures {
  /** A server of this test alone, on which nobody has an account yet. */
  fresh: Server;
  /** What the browser complained about; must be empty at the end of every test. */
  complaints: string[];
}

export const test = base.extend<Fixtures, { server: Server }>({
  server: [
    async ({}, use) => {
      await withServer(async (server) => {
        const client = await request.newContext({ extraHTTPHeaders: GUARD });
        const answer = await client.post(`${server.url}/api/setup`, { data: admin });
        expect(answer.ok(), await answer.text()).toBe(true);
        await client.dispose();
        await use(server);
      });
    },
    { scope: "worker" },
  ],
  fresh: async ({}, use) => withServer(use),
  baseURL: async ({ server }, use) => use(server.url),
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        // A refusal that a test provokes is also told to the console.
        const refused = message.text().startsWith("Failed to load resource");
        if (message.type() === "error" && !refused) complaints.push(message.text());
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** WCAG 2.2 AA by axe, and nothing that must be scrolled sideways. `contrast`: only what a theme can change. */
export async function expectAccessible(page: Page, what: "all" | "contrast" = "all"): Promise<void> {
  const axe = new AxeBuilder({ page });
  if (what === "contrast") axe.withRules(["color-contrast"]);
  else axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
  // What is judged is the page at rest: a ticket that is just fading in has no contrast yet.
  const still = await page.evaluate(() => matchMedia("(prefers-reduced-motion: reduce)").matches);
  await page.emulateMedia({ reducedMotion: "reduce" });
  const { violations } = await axe.analyze();
  if (!still) await page.emulateMedia({ reducedMotion: null });
  const said = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  expect(said).toEqual([]);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider, "the page is wider than its window").toBeLessThanOrEqual(0);
  // A dialog hides what sticks out of it.
  const cut = await page.evaluate(() => {
    const parts = [...document.querySelectorAll("dialog[open], dialog[open] .dialog-body")];
    return parts.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className);
  });
  expect(cut, "a dialog is narrower than what it holds").toEqual([]);
}

export { expect } from "@playwright/test";
