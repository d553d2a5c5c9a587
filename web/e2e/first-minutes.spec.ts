// A newcomer's first minutes: an account, a real debrief, an interview alone, a scorecard that is in.
import { admin, expect, expectAccessible, test } from "./server";

test("from an empty folder to a submitted scorecard", async ({ page, fresh, isMobile }) => {
  test.skip(isMobile, "the keys are a keyboard's; the phone has a journey of its own");
  await test.step("the first account", async () => {
    await page.goto(fresh.url);
    await expect(page).toHaveURL(/\/setup/);
    await expectAccessible(page);
    await page.getByLabel("Your name").fill("Ada Example");
    await page.getByLabel("Email").fill("ada@example.com");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert").or(page.locator("[aria-invalid=true]")).first()).toBeVisible();
    await page.getByLabel("Password", { exact: true }).fill(admin.password);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Nothing here yet." })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("a finished debrief", async () => {
    await page.getByRole("button", { name: "Open the sample" }).click();
    await expect(page).toHaveURL(/\/loops\/.*\/debrief/);
    await expect(page.getByRole("heading", { name: /Debrief/, level: 1 })).toBeVisible();
    await expect(page.getByText("stands one level lower")).toBeVisible();
    await expectAccessible(page);
  });

  await test.step("two clicks to an interview", async () => {
    await page.goto(fresh.url);
    await page.getByRole("radio", { name: /Consistency and distributed transactions/ }).check();
    await page.getByRole("radio", { name: /10/ }).check({ force: true });
    await page.getByRole("button", { name: /Start interview/ }).click();
    await expect(page).toHaveURL(/\/interviews\//);
  });

  const record = page.getByRole("region", { name: "Record" });
  await test.step("ten minutes by keyboard", async () => {
    await page.getByRole("button", { name: /Start the clock/ }).waitFor();
    await page.keyboard.press("Space");
    await expect(page.getByRole("button", { name: /Pause/ })).toBeVisible();
    await page.keyboard.press("r");
    await page.keyboard.press("n");
    await page.keyboard.type("“The key belongs to the attempt 3, not to the call.”");
    await page.keyboard.press("Enter");
    await expect(record.getByText("The key belongs to the attempt 3")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("3");
    await expect(page.getByRole("button", { name: /^3 .* unprompted/ })).toBeVisible();
    await page.keyboard.press("p");
    await expect(page.getByRole("button", { name: /^3 .* prompted/ })).toBeVisible();
    await page.keyboard.press("q");
    await page.keyboard.press("h");
    await expect(record.getByText("hint 1")).toBeVisible();
    await expect(record.getByText("asked", { exact: true })).toBeVisible();
    await page.keyboard.press(".");
    await expect(page.getByRole("navigation", { name: "Phases" }).getByRole("button", { pressed: true })).toHaveText(/Order and money/);
    await page.keyboard.press("1");
    await expect(page.getByRole("button", { name: /^1 .* unprompted/ })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("\\");
    await expect(page.getByRole("region", { name: "Listen for" })).toBeHidden();
    await page.keyboard.press("\\");
    await expect(page.getByRole("region", { name: "Listen for" })).toBeVisible();
    await page.keyboard.press("e");
    await page.getByRole("dialog").getByRole("button", { name: /^End at/ }).click();
  });

  await test.step("a scorecard that says what it lacks, and then is in", async () => {
    await page.getByRole("link", { name: /scorecard/i }).first().click();
    await expect(page).toHaveURL(/\/scorecard/);
    await page.getByRole("group", { name: "Level" }).getByRole("radio", { name: /good/ }).check();
    await page.getByRole("button", { name: /^Submit/ }).click();
    await expect(page.getByText("still lacks evidence").first()).toBeVisible();
    await page.getByRole("button", { name: /^Evidence: / }).first().click();
    await page.getByLabel("What would have moved it one level").fill("Up: saying when the key lapses.");
    await page.getByRole("group", { name: "Confidence" }).getByRole("radio", { name: "sure", exact: true }).check({ force: true });
    await expectAccessible(page);
    await expect(page.getByText(/^kept/)).toBeVisible();
    await page.getByRole("button", { name: /^Submit/ }).click();
    await expect(page.getByRole("button", { name: /Amend/ }).first()).toBeVisible();
  });
});
