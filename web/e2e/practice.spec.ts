// Practising, by somebody who was told nothing: run, open a customer who was hurt, change one decision, run again with the same
// customers; and send the result to somebody else.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./server";

const built = !readFileSync("src/wasm/pkg/seatrial_wasm.js", "utf8").includes('"Absent"');
test.skip(!built, "the module was not built on this machine");

const digest = (page: Page) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get("digest");
const broken = (page: Page) => page.getByRole("row", { name: /^charged once/u }).first();

async function run(page: Page): Promise<void> {
  await page.goto("/practice");
  await expect(page.getByText("Nothing has run yet.")).toBeVisible();
  await page.getByRole("button", { name: "Run", exact: true }).filter({ visible: true }).first().click();
  await expect(page.getByRole("heading", { name: "Consequences" })).toBeVisible();
}

test("the same customers, another decision, and the link that proves it", async ({ page, browser, isMobile }) => {
  await run(page);
  await expect(broken(page)).toContainText(/\d+ complaints/u);
  const first = digest(page);
  expect(first).toMatch(/^[0-9a-f]{16}$/u);

  // What it came to is in view, and has been announced.
  await expect(page.getByRole("heading", { name: "Consequences" })).toBeFocused();
  await expect(page.getByRole("heading", { name: "Consequences" })).toBeInViewport();

  // Somebody who was hurt.
  await page.getByRole("button", { name: /^Open the history of order/u }).first().click();
  const history = page.getByRole("region", { name: /^Order \d+$/u });
  await expect(history).toContainText("“charged once” is broken");
  const customer = await history.getByRole("heading").innerText();
  await expect(history.getByRole("row", { name: /has done it: charge \d+ is captured, [\d.]+ USD/u })).toHaveCount(2);
  // What they can see of it is less.
  await history.getByText("What they can see").click();
  await expect(history).not.toContainText("“charged once” is broken");
  await history.getByText("What happened").click();

  // One decision.
  const again = page.getByRole("button", { name: "Run again with the same customers" });
  await expect(again).toBeDisabled();
  await page.getByRole("button", { name: /^The provider has not answered/u }).click();
  await page.getByRole("radio", { name: /Ask again with the same key/u }).check();
  await expect(page.getByRole("button", { name: /^The provider has not answered/u })).toContainText("changed");
  await again.click();
  await expect(page.getByText("run 1 → run 2, same customers")).toBeVisible();
  await expect(broken(page)).toContainText(/→ became 0/u);

  // The same person, in both.
  await expect(history.getByRole("heading")).toHaveText(customer);
  await expect(history.getByRole("columnheader")).toHaveText([/^Run 1 as found/u, /^Run 2 again same.*no promise broken/u]);
  await expect(history).toContainText("knows this key");
  if (isMobile) await expect(history.getByRole("heading")).toBeInViewport();
  const second = digest(page);
  expect(second).not.toBe(first);
  await expectAccessible(page);

  // Sent to somebody else, it is computed anew and comes to the same.
  const other = await browser.newContext({ reducedMotion: "reduce" });
  const theirs = await other.newPage();
  await theirs.goto(page.url());
  await expect(theirs.getByText("The same bits as sent.")).toBeVisible();
  expect(digest(theirs)).toBe(second);
  await expect(theirs.getByRole("heading", { name: customer })).toBeVisible();
  // And what was changed on the way is noticed.
  const forged = await other.newPage();
  await forged.goto(page.url().replace(`digest=${second}`, `digest=${first}`));
  await expect(forged.getByText("Not the bits that were sent.")).toBeVisible();
  const older = await other.newPage();
  await older.goto(page.url().replace(/hash=[0-9a-f]+/u, "hash=000000000000"));
  await expect(older.getByText("another version of the scenario")).toBeVisible();
  await other.close();

  // A reference, which does not tell what it decided.
  if (!isMobile) await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "excellent" }).click();
  await expect(page.getByRole("cell", { name: "reference: excellent" })).toBeVisible();
  await expect(page.getByText("run 1 → run 3")).toBeVisible();
  await expect(page.getByText("Shown is run 3, reference: excellent.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^The provider has not answered/u })).not.toContainText("changed");
});

test("another scenario, from the top bar or by an address", async ({ page }) => {
  await run(page);
  await page.getByRole("combobox", { name: "Scenario" }).selectOption({ label: "One parcel, two labels" });
  await expect(page.getByText("Nothing has run yet.")).toBeVisible();
  expect(new URL(page.url()).hash).toBe("#scenario=parcel-carrier");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Scenario" })).toHaveValue("parcel-carrier");
  await page.getByRole("button", { name: "Run", exact: true }).filter({ visible: true }).first().click();
  await expect(page.getByRole("heading", { name: "Consequences" })).toBeVisible();
  expect(page.url()).toContain("scenario=parcel-carrier&hash=");
});

test("a variation of a scenario, which an address names as well", async ({ page }) => {
  await run(page);
  const title = page.getByRole("combobox", { name: "Scenario" });
  await title.selectOption("charged-not-settled#restless");
  await expect(page.getByText("Nothing has run yet.")).toBeVisible();
  await page.reload();
  await expect(title).toHaveValue("charged-not-settled#restless");
  await page.getByRole("button", { name: "Run", exact: true }).filter({ visible: true }).first().click();
  await expect(page.getByRole("heading", { name: "Consequences" })).toBeVisible();
  expect(decodeURIComponent(page.url())).toContain("scenario=charged-not-settled#restless&hash=");
});

test("it is accessible, light and dark, before a run and after it", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.goto("/practice");
  await expect(page.getByRole("heading", { name: "Decisions" })).toBeVisible();
  await expectAccessible(page);
  await run(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectAccessible(page, colorScheme === "light" ? "all" : "contrast");
  }
  await page.getByRole("button", { name: /^The provider has not answered/u }).click();
  await page.getByRole("button", { name: /^Open the history of order/u }).first().click();
  await expect(page.getByRole("region", { name: /^Order \d+$/u })).toContainText("has done it");
  await expectAccessible(page);
});

test("a keyboard is enough", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has none");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/practice");
  await expect(page.getByText("Nothing has run yet.")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { name: "Consequences" })).toBeVisible();
  const slider = page.getByRole("slider", { name: "Moment of the run" });
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", "0:00");
  await page.keyboard.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuetext", "0:10");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuetext", "1:10");
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.keyboard.press("Space");
  await page.keyboard.press("2");
  await expect(page.getByRole("button", { name: /^The provider has not answered/u })).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("a run is told back, beside what other designs would have done to the same people", async ({ page, browser, isMobile }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await run(page);
  if (isMobile) await page.getByRole("button", { name: /^Tell it back/u }).click();
  else await page.keyboard.press("t");
  const told = page.getByRole("article", { name: "Run 1, told back" });
  await expect(told.getByRole("heading", { name: "Run 1, told back" })).toBeFocused();
  await expect(told).toContainText("first shown by");
  await expect(told).toContainText("Nothing: the system ran as it was found.");
  // Designs over the same people, and luck beside them.
  const designs = told.getByRole("group", { name: "Designs over the same people" });
  await expect(designs.getByRole("columnheader")).toHaveText(["What came of it", "this run", "weak", "good", "excellent"]);
  await expect(designs.getByRole("row", { name: /^Charged twice/u })).toContainText("elsewhere", { timeout: 90_000 });
  // One person, under another design: both histories.
  const fate = told.getByRole("button", { name: /^Order \d+, good: no promise broken/u }).first();
  const who = (await fate.getAttribute("aria-label"))?.match(/^Order \d+/u)?.[0] ?? "";
  await fate.click();
  const history = page.getByRole("region", { name: who });
  await expect(history.getByRole("columnheader")).toHaveText([/^Run 2 reference: good/u, /^Run 1 as found/u]);
  await history.getByRole("button", { name: /^Close/u }).click();
  await expect(fate).toBeFocused();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectAccessible(page, "contrast");
  // The address tells it again.
  const other = await browser.newContext({ reducedMotion: "reduce" });
  const theirs = await other.newPage();
  await theirs.goto(page.url());
  await expect(theirs.getByRole("article", { name: "Run 1, told back" })).toContainText("first shown by");
  await other.close();
  // A moment opens the system as it stood then.
  await told.getByRole("button", { name: "Show the system at 8:00" }).first().click();
  await expect(told).toBeHidden();
  await expect(page.getByRole("slider", { name: "Moment of the run" })).toHaveAttribute("aria-valuetext", "8:00");
});
