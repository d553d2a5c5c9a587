// Browser journeys against the real server. SEATRIAL_BIN names the binary (default: the release
// build); CHROMIUM the browser. Each worker starts a server of its own: see e2e/server.ts.
import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/google-chrome"].find(
  (path) => path !== undefined && existsSync(path),
);

const use = { launchOptions: { executablePath, args: ["--no-sandbox"] } };

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // Generous: two cores may be busy with other things, and a test that waits proves no less.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [["list"]],
  use: { trace: "retain-on-failure", locale: "en-GB", timezoneId: "Europe/Lisbon", ...use },
  projects: [
    { name: "desktop", testIgnore: /(screenshots|bench|phone)\.spec\.ts/, use: { viewport: { width: 1440, height: 900 }, ...use } },
    // Journeys by keyboard, and of several browsers at once, are a desk's; a phone has its own beside the pages.
    {
      name: "phone",
      testMatch: /(doors|kit|pages|phone|practice)\.spec\.ts/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, ...use },
    },
    // Measures a room in a browser; runs when it is asked for by name.
    ...(process.env.BENCH
      ? [{ name: "bench", testMatch: "bench.spec.ts", workers: 1, use: { viewport: { width: 1440, height: 900 }, ...use, trace: "off" as const } }]
      : []),
    // Writes the README's pictures; runs when it is asked for by name.
    ...(process.env.SCREENSHOTS
      ? [{ name: "screenshots", testMatch: "screenshots.spec.ts", use: { viewport: { width: 1440, height: 900 }, ...use } }]
      : []),
  ],
});
