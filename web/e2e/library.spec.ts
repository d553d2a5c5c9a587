// Interviews over the other scenarios, held by two people from the first phase to the last: what the plan arms strikes, the
// candidate answers, acts and looks, and both pages stay whole. SCENARIOS=all (or names) holds others; PICTURES=<folder> keeps what they see.
import type { Page } from "@playwright/test";
import { call } from "./people";
import { DESK, inside, roomOf, run, type Room } from "./room";
import { expect, expectAccessible, signIn, test } from "./server";

const ALL = [
  "retry-storm",
  "charge-ok-confirm-lost",
  "slow-dependency",
  "canary-with-migration",
  "rotate-the-password",
  "test-the-saga",
  "split-the-monolith",
  "three-protocols",
  "blind-incident",
  "ledger-drift",
  "gpu-serving",
  "where-is-that-service",
  "read-the-manifest",
  "flaky-suite",
];
const wanted = process.env.SCENARIOS;
const scenarios = wanted === "all" ? ALL : (wanted?.split(",") ?? ["three-protocols"]);

async function looked({ panel, candidate }: Room, name: string): Promise<void> {
  const to = process.env.PICTURES;
  if (!to) return;
  for (const [side, who] of [[candidate, "candidate"], [panel, "panel"]] as const)
    await side.screenshot({ animations: "disabled", path: `${to}/${name}-${who}.png` });
}

/** Whatever is asked first is answered in words, and then as somebody would who takes the second of the options. */
async function decideOne(candidate: Page): Promise<void> {
  await candidate.getByRole("tab", { name: /Decisions/ }).click();
  const question = candidate.locator(".rm-question").first();
  // The first lies open already.
  if ((await question.getAttribute("aria-expanded")) === "false") await question.click();
  await candidate.getByLabel("Your answer").fill("As I would do it at home.");
  await candidate.getByRole("button", { name: "Save answer" }).click();
  const radios = candidate.locator(".rm-unfolded").getByRole("radio");
  await expect(radios.first()).toBeVisible();
  // A number that is asked for has one, and something else.
  await radios.nth((await radios.count()) > 2 ? 1 : 0).check();
  await candidate.getByLabel("Why").fill("It costs least to try.");
  await candidate.getByRole("button", { name: "Decide" }).click();
  await expect(candidate.getByText(/Answered at .*, before the options/).first()).toBeVisible();
}

for (const scenario of scenarios) {
  test(`${scenario} is held by two people`, async ({ browser, page, server }) => {
    test.setTimeout(600_000);
    await signIn(page.context(), server);
    const made = await roomOf(page.request, server.url, scenario);
    const guest = await browser.newContext({ viewport: DESK });
    const candidate = await guest.newPage();
    for (const side of [page, candidate]) side.setDefaultTimeout(15_000);
    const errors: string[] = [];
    candidate.on("pageerror", (error) => errors.push(String(error)));
    await candidate.goto(made.url);
    await page.goto(`${server.url}/interviews/${made.interview}/room`);
    await inside(page, candidate);
    const room: Room = { panel: page, candidate, guest, ...made };
    const base = `/api/takes/${room.take}`;
    const clock = async () => (await call(page.request, "get", `${base}/at?v=${Number.MAX_SAFE_INTEGER}&rows=4000000000`)).clock;

    await test.step("asked in words, then from the menu", async () => {
      await decideOne(candidate);
      await looked(room, `${scenario}-1-decided`);
      await run(room);
    });

    await test.step("from phase to phase; what is armed strikes", async () => {
      const phases = page.locator(".rm-phase h2");
      let struck = 0;
      for (let n = 0, before = ""; n < 12; n += 1) {
        const title = await phases.innerText();
        if (title === before) break;
        before = title;
        // What comes next in the plan, at once and whatever its window.
        const armed = page.locator(".rm-armed", { has: page.getByText("Armed", { exact: true }) });
        if (await page.getByRole("button", { name: /^Arm/ }).isVisible()) {
          await page.getByRole("heading", { name: /sees$/ }).click();
          await page.keyboard.press("f");
          await expect(armed).toBeVisible();
          await page.keyboard.press("Enter");
          await expect(armed).toBeHidden();
          struck += 1;
        }
        const from = (await clock()).v;
        await expect(async () => {
          const { running, speed, ended } = await clock();
          if (ended) return;
          if (!running) await page.keyboard.press("Space");
          if (speed < 16) await page.keyboard.press("]");
          expect((await clock()).v).toBeGreaterThan(from + 40e9);
        }).toPass({ timeout: 120_000, intervals: [100] });
        await looked(room, `${scenario}-2-phase-${n}`);
        await page.keyboard.press(".");
        await expect(phases).toBeVisible();
      }
      expect(struck).toBeGreaterThanOrEqual(2);
    });

    await test.step("the candidate looks at everything there is", async () => {
      for (const tab of await candidate.getByRole("tab").all()) {
        await tab.click();
        await expect(candidate.getByRole("tabpanel").first()).toBeVisible();
      }
      await looked(room, `${scenario}-3-looked`);
    });

    for (const side of [page, candidate]) await expectAccessible(side);
    expect(errors).toEqual([]);
  });
}
