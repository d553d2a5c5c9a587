// The module in a real browser: through the real server under its content policy, and from a plain folder of files below
// some path, as `make site` leaves it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { type Page, type Response } from "@playwright/test";
import { expect, expectAccessible, test } from "./server";

/** Whether this machine could build the module; otherwise the pages must say that it could not. */
const built = !readFileSync("src/wasm/pkg/seatrial_wasm.js", "utf8").includes('"Absent"');

async function expectLoaded(page: Page): Promise<void> {
  if (built) await expect(page.getByRole("heading", { name: "Decisions" })).toBeVisible();
  else await expect(page.getByRole("alert")).toContainText("was not built on this machine");
}

function collect(page: Page): Response[] {
  const responses: Response[] = [];
  page.on("response", (response) => responses.push(response));
  return responses;
}

const ending = (responses: Response[], end: RegExp) => responses.find((one) => end.test(new URL(one.url()).pathname));

test("anybody may practise, and the module arrives small, typed, and to be kept", async ({ page }) => {
  const responses = collect(page);
  await page.goto("/practice");
  await expectLoaded(page);
  await expectAccessible(page);
  for (const end of built ? [/\.wasm$/u, /worker-[^/]*\.js$/u, /practice-[^/]*\.js$/u] : [/practice-[^/]*\.js$/u]) {
    const response = ending(responses, end);
    expect(response, String(end)).toBeDefined();
    const headers = await response!.allHeaders();
    expect(headers["content-type"]).toMatch(end.source.includes("wasm") ? /^application\/wasm$/u : /^text\/javascript/u);
    expect(headers["content-encoding"], response!.url()).toMatch(/^(gzip|br)$/u);
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(headers["content-security-policy"]).toContain("'wasm-unsafe-eval'");
  }
  // Nothing was asked of the interviews' side.
  expect(responses.map((one) => new URL(one.url()).pathname).filter((path) => path.startsWith("/api"))).toEqual([]);
});

test("a folder of files below any path is enough", async ({ page, complaints }) => {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-site-"));
  const types: Record<string, string> = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://x").pathname.replace(/^\/some\/where\//u, "");
    try {
      const bytes = readFileSync(join(folder, path));
      response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  try {
    execFileSync("npx", ["vite", "build", "--mode", "site", "--logLevel", "warn", "--outDir", folder], { stdio: "inherit" });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const responses = collect(page);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where/practice.html`);
    await expectLoaded(page);
    await expect(page.getByRole("link", { name: "Read the book" })).toBeVisible();
    expect(responses.filter((one) => !one.ok()).map((one) => one.url())).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  }
});
