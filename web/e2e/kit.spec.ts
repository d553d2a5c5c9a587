// The kit on screen, on paper and as files; keys and the palette.
import { expect, expectAccessible, signIn, test } from "./server";

const pages = [
  "/kit",
  "/kit/principles",
  "/kit/compare",
  "/kit/across",
  "/kit/architecture",
  "/kit/packs/fintech-engineer",
  "/kit/exercises/deployment-manifest",
  "/kit/exercises/flaky-suite",
];

test.beforeEach(async ({ page, server }) => signIn(page.context(), server));

for (const colorScheme of ["light", "dark"] as const) {
  test(`every kind of page is accessible, ${colorScheme}`, async ({ page, isMobile }) => {
    test.skip(isMobile && colorScheme === "dark", "contrast does not depend on the width");
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const address of ["/", ...pages, "/people", "/nowhere"]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByText("Opening the material")).toHaveCount(0);
      await expectAccessible(page, colorScheme === "dark" ? "contrast" : "all");
    }
  });
}

test("a material keeps its indentation, as the candidate sees it", async ({ page }) => {
  await page.goto("/kit/exercises/deployment-manifest");
  await expect(page.getByText("apiVersion: apps/v1")).toBeVisible();
  expect(await page.locator("article pre").innerText()).toMatch(/^metadata:\n+ {2}name: checkout$/mu);
});

test("one kit, five formats", async ({ page }) => {
  await page.goto("/kit/consistency");
  const beginnings = { PDF: "%PDF-", HTML: "<!doctype html>", Markdown: "#", CSV: "", JSON: "{" };
  for (const [name, beginning] of Object.entries(beginnings)) {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: `${name} of Consistency and distributed transactions` }).click();
    const stream = await (await download).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    expect(text.length, name).toBeGreaterThan(1000);
    expect(text.slice(0, 40).toLowerCase().startsWith(beginning.toLowerCase()), name).toBe(true);
  }
});

test("the comparison prints alone, on one sheet across", async ({ page, isMobile }) => {
  test.skip(isMobile, "paper has one size");
  await page.goto("/kit/compare");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b/gu)?.length).toBe(1);
  const [, width, height] = /\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/u.exec(pdf) ?? [];
  expect(Number(width)).toBeGreaterThan(Number(height));
});

test("a digit opens an area, and the palette anything, from the keyboard alone", async ({ page, isMobile }) => {
  test.skip(isMobile, "no keyboard");
  await page.goto("/kit");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("3");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Consistency and distributed transactions");
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/\/kit\/resilience$/u);
  // Typed at once, before the palette had time to open.
  await page.keyboard.type("/fintech");
  await expect(page.getByRole("option").first()).toContainText("Fintech engineer");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/kit\/packs\/fintech-engineer$/u);

  await page.keyboard.press("?");
  await page.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("3");
  await expect(page).toHaveURL(/\/kit\/packs\/fintech-engineer$/u);
});

test("on a phone the contents fold, and every page is two touches away", async ({ page, isMobile }) => {
  test.skip(!isMobile, "a phone's way");
  await page.goto("/kit/consistency");
  await page.getByRole("button", { name: "Contents" }).tap();
  await expectAccessible(page);
  await page.getByRole("navigation", { name: "Kit" }).getByRole("link", { name: "Testing" }).tap();
  await expect(page).toHaveURL(/\/kit\/testing$/u);
});

test("light or dark is the reader's choice, and stays chosen", async ({ page, isMobile }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: /^Menu of/u }).click();
  await page.getByRole("radio", { name: "Dark" }).check({ force: isMobile });
  expect(await ground()).not.toBe(light);
  await page.reload();
  await expect(page.getByRole("banner")).toBeVisible();
  expect(await ground()).not.toBe(light);
});

test("a page that is opened by its address begins at its top, wherever the one before stood", async ({ page }) => {
  await page.goto("/kit/consistency");
  await expect(page.getByRole("heading").first()).toBeVisible();
  await page.evaluate(() => window.scrollTo(0, 900));
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300);
  await page.goto("/kit/architecture");
  await expect(page.getByRole("heading").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(await page.evaluate(() => scrollY)).toBe(0);
});
