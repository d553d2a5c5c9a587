// Starts the real binary on a free port with an empty folder of data, for one worker, and stops it.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";

export const binary = process.env.SEATRIAL_BIN ?? "../target/release/seatrial";

export interface Server {
  url: string;
  data: string;
}

export async function free(): Promise<number> {
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
      if ((await fetch(`${url}/api/me`)).ok) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > deadline) throw new Error(`${binary} did not answer within 20 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), "seatrial-e2e-"));
      const port = await free();
      const url = `http://127.0.0.1:${port}`;
      const child = spawn(binary, ["serve", "--data", data, "--listen", `127.0.0.1:${port}`], {
        stdio: ["ignore", "inherit", "inherit"],
      });
      try {
        await answers(url, child);
        await use({ url, data });
      } finally {
        child.kill("SIGTERM");
        rmSync(data, { recursive: true, force: true });
      }
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
});

export { expect } from "@playwright/test";
