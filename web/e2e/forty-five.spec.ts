// The forty-five minutes, played by both sides at speed: decided in words, a customer who paid twice, a fault that nobody is told of,
// a change in mid-run, the repair, the look back. PICTURES=<folder> keeps what each side sees at every step.
import type { Page } from "@playwright/test";
import { call } from "./people";
import { bothSides, type Room } from "./room";
import { expect, expectAccessible, test } from "./server";

const WIDTHS = [[2560, 1440], [1440, 900], [1280, 800], [1024, 768], [390, 844]] as const;

/** What both sides see now. `wide`: at every width, light and dark. */
async function looked({ panel, candidate }: Room, name: string, wide = false): Promise<void> {
  const to = process.env.PICTURES;
  if (!to) return;
  for (const [side, who] of [[candidate, "candidate"], [panel, "panel"]] as const) {
    await side.screenshot({ animations: "disabled", path: `${to}/${name}-${who}.png` });
    if (!wide) continue;
    for (const [width, height] of WIDTHS) {
      await side.setViewportSize({ width, height });
      await side.screenshot({ animations: "disabled", path: `${to}/${name}-${who}-${width}.png` });
      await side.emulateMedia({ colorScheme: "dark" });
      await side.screenshot({ animations: "disabled", path: `${to}/${name}-${who}-${width}-dark.png` });
      await side.emulateMedia({ colorScheme: "light" });
    }
    await side.setViewportSize({ width: 1440, height: 900 });
  }
}

/** A decision asked in words, answered, then chosen from the menu with a reason. */
async function decide(page: Page, question: RegExp, words: string, option: RegExp, why: string): Promise<void> {
  await page.getByRole("tab", { name: /Decisions/ }).click();
  await page.getByRole("button", { name: question }).click();
  await page.getByLabel("Your answer").fill(words);
  await page.getByRole("button", { name: "Save answer" }).click();
  await page.getByRole("radio", { name: option }).check();
  await page.getByLabel("Why").fill(why);
  await page.getByRole("button", { name: "Decide" }).click();
  await expect(page.getByText(/Answered at .*, before the options/).first()).toBeVisible();
}

test("forty-five minutes with a customer who was charged twice", async ({ browser, page, server }) => {
  test.setTimeout(600_000);
  page.setDefaultTimeout(30_000);
  const room = await bothSides(browser, page, server);
  const { panel, candidate, guest } = room;
  candidate.setDefaultTimeout(30_000);
  const base = `/api/takes/${room.take}`;
  const clock = async () => (await call(page.request, "get", `${base}/at?v=${Number.MAX_SAFE_INTEGER}&rows=4000000000`)).clock;
  /** Lets it run, as fast as whatever comes in allows, until something is so. */
  const until = async (there: () => Promise<boolean>, seconds = 180) => {
    await expect(async () => {
      const { speed, running } = await clock();
      if (!running) await panel.keyboard.press("Space");
      if (speed < 16 && !(await there())) await panel.keyboard.press("]");
      expect(await there()).toBe(true);
    }).toPass({ timeout: seconds * 1000, intervals: [80] });
  };
  const stand = async () => {
    if ((await clock()).running) await panel.keyboard.press("Space");
    await expect(candidate.getByText(/^Paused|stands/i).first()).toBeVisible();
  };
  const note = async (words: string) => {
    await panel.keyboard.press("n");
    await panel.getByRole("textbox", { name: "Note" }).pressSequentially(words);
    await panel.keyboard.press("Enter");
    await panel.keyboard.press("Escape");
  };
  const next = async (title: string) => {
    await panel.keyboard.press(".");
    await expect(panel.locator(".rm-phase h2")).toHaveText(title);
  };

  await test.step("W00 names present, the brief, the clock stands", async () => {
    await candidate.keyboard.press("b");
    await looked(room, "w00-brief");
    await candidate.keyboard.press("Escape");
    await panel.getByRole("heading", { name: /sees$/ }).click();
    await panel.keyboard.press("Space");
    await expect(panel.getByRole("button", { name: /^Let it run/ })).toBeVisible();
    await panel.keyboard.press("r");
    await looked(room, "w01-standing", true);
    await panel.keyboard.press("r");
  });

  await test.step("W05 decisions in words first", async () => {
    const stored = "The row and the message in one transaction; a relay sends it.";
    await decide(candidate, /How does the event leave/, stored, /Stored in the same/, "A crash between the two loses nobody’s money.");
    await note("The row and the message in one transaction.");
    await panel.keyboard.press("2");
    await next("The provider says nothing");
    await candidate.getByRole("button", { name: /The provider has not answered/ }).click();
    await looked(room, "w05-asked");
    await candidate.getByLabel("Your answer").fill("Retry twice on timeout.");
    await candidate.getByRole("button", { name: "Save answer" }).click();
    await looked(room, "w06-menu");
    await candidate.getByRole("radio", { name: /^Ask again, up to three times$/ }).check();
    await candidate.getByLabel("Why").fill("Most time-outs are short.");
    await candidate.getByRole("button", { name: "Decide" }).click();
    const aside = "Put it aside after some tries, so that the others go on.";
    await decide(candidate, /A message keeps failing/, aside, /put aside after five/, "One bad letter must not hold up the rest.");
    await looked(room, "w07-decided");
  });

  const ticket = candidate.locator(".rm-ticket", { hasText: "charged twice" }).last();
  await test.step("W12 it runs, calm and grey", async () => {
    await next("A customer paid twice");
    await expect.poll(async () => (await clock()).running).toBe(true);
    const from = (await clock()).v;
    await until(async () => (await clock()).v > from + 40e9);
    await looked(room, "w12-calm");
  });

  await test.step("W13 the first customer who paid twice writes; the speed drops to 1×", async () => {
    await until(async () => ticket.isVisible());
    await expect(panel.getByLabel("Speed")).toHaveValue("1");
    await looked(room, "w13-ticket");
    const order = (await ticket.getByRole("button", { name: /^Find / }).innerText()).replace("Find ", "");
    await stand();
    await ticket.getByRole("button", { name: `Find ${order}` }).click();
    await expect(candidate.locator(".rm-trace").first()).toBeVisible();
    await looked(room, "w14-traces", true);
    await panel.keyboard.press("t");
    await panel.keyboard.press("r");
    await note("Two traces, one click: the answer was lost and we asked again.");
    await panel.keyboard.press("1");
    await looked(room, "w15-truth", true);
  });

  await test.step("W16 the ticket is answered, the second charge goes back", async () => {
    const charged = candidate.locator(".rm-trace", { hasText: "psp.capture" }).filter({ hasText: "attempt 2" }).filter({ hasText: /charge \d+/u }).first();
    const charge = /charge (\d+)/.exec(await charged.locator(".rm-fields").innerText())![1]!;
    const number = await ticket.getAttribute("data-ticket");
    const it = candidate.locator(`[data-ticket="${number}"]`);
    await it.getByRole("button", { name: /^Answer/ }).click();
    await candidate.getByRole("radio", { name: "It is as they say" }).check();
    await candidate.getByLabel("What you write to the customer").fill("You paid twice. One of the two goes back today.");
    await looked(room, "w16-answer");
    await candidate.getByRole("button", { name: "Send answer" }).click();
    await expect(it.getByText(/Answered at/)).toBeVisible();
    await candidate.keyboard.press("Escape");
    await candidate.getByRole("tab", { name: /Moves/ }).click();
    await candidate.getByRole("button", { name: /^.*Refund/ }).first().click();
    await candidate.getByLabel("Which charge").fill(charge);
    await candidate.getByLabel("Why").fill("The second charge has no order.");
    await looked(room, "w16-refund");
    await candidate.locator(".rm-form").getByRole("button", { name: /^Refund/ }).click();
    const made = candidate.locator(".rm-made-row").first();
    await until(async () => (await made.innerText()).includes("done"));
    await looked(room, "w16-refunded");
  });

  await test.step("W17 F, Enter: settlement’s store goes down; checkout stays calm", async () => {
    await next("Half of it worked");
    await panel.keyboard.press("f");
    await expect(panel.getByText("Armed", { exact: true })).toBeVisible();
    await looked(room, "w17-armed");
    await panel.keyboard.press("Enter");
    await expect(panel.getByText(/^fault since/)).toBeVisible();
    const from = (await clock()).v;
    await until(async () => (await clock()).v > from + 150e9);
    await stand();
    await looked(room, "w18-queue", true);
    for (const side of [panel, candidate]) await expectAccessible(side);
  });

  await test.step("W19 noticed; W20 the follow-up is asked; a hint", async () => {
    await candidate.getByRole("button", { name: /^settlement, service/ }).click();
    await looked(room, "w19-focus");
    await panel.keyboard.press("g");
    await panel.keyboard.press("q");
    await panel.keyboard.press("h");
    await expect(panel.getByText("to notice")).toBeVisible();
    await looked(room, "w20-noticed");
    await candidate.keyboard.press("Escape");
  });

  await test.step("W22 the same key, while it runs: versions side by side", async () => {
    await candidate.getByRole("tab", { name: /Decisions/ }).click();
    await candidate.getByRole("button", { name: /The provider has not answered/ }).click();
    await candidate.getByRole("button", { name: /Change|Decide anew|another/i }).first().click();
    await candidate.getByRole("radio", { name: /same key, up to three/ }).check();
    await candidate.getByLabel("Why").fill("The provider then knows that it is the same purchase.");
    await candidate.getByRole("button", { name: "Decide" }).click();
    await panel.keyboard.press("Space");
    const from = (await clock()).v;
    await until(async () => (await clock()).v > from + 25e9);
    await stand();
    await looked(room, "w22-roll-out", true);
  });

  await test.step("W27 settlement is back, the backlog drains, and letters lie aside", async () => {
    await until(async () => !(await panel.locator(".rm-running").isVisible()));
    await stand();
    await candidate.getByRole("tab", { name: /Moves/ }).click();
    await candidate.getByRole("button", { name: /^settlement, service/ }).click();
    const now = candidate.getByRole("region", { name: "settlement, now" });
    await expect(now.getByText(/messages put aside/)).toBeVisible();
    await looked(room, "w27-back", true);
    await expectAccessible(candidate);
    await candidate.keyboard.press("Escape");
  });

  await test.step("W28 letters are read, one is run again, then all at a rate", async () => {
    await next("Putting it right");
    await candidate.getByRole("button", { name: /Put dead letters of money back/ }).click();
    const form = candidate.locator(".rm-form");
    await form.getByLabel("Group").selectOption("settlement.add");
    const list = form.getByRole("group", { name: /^Dead letters of settlement/ });
    await expect(list.getByRole("row").nth(5)).toBeVisible();
    for (const place of [1, 2, 3, 4, 5]) await list.locator(".rm-letter").nth(place).click();
    await looked(room, "w28-letters", true);
    await list.getByRole("checkbox").first().check();
    await candidate.getByLabel("Why").fill("One first: is the line there once, or twice?");
    await form.getByRole("button", { name: /^Put dead letters/ }).click();
    const made = candidate.locator(".rm-made-row").first();
    await until(async () => /done/.test(await made.innerText()));
    await stand();
    await looked(room, "w28-one");
    await note("Read five, ran one, and looked before running the rest.");
    await candidate.getByRole("button", { name: /Put dead letters of money back/ }).click();
    await form.getByLabel("Group").selectOption("settlement.add");
    await form.getByRole("radio", { name: "All that there are" }).check();
    await form.getByLabel("How many per second").fill("5");
    await candidate.getByLabel("Why").fill("Each line is stored once by its charge; five a second leave it room.");
    await form.getByRole("button", { name: /^Put dead letters/ }).click();
    await until(async () => /done|partly/.test(await made.innerText()));
    await stand();
    await looked(room, "w28-all");
  });

  await test.step("W30 the books are compared", async () => {
    await candidate.getByRole("button", { name: /Run reconcile of settlement now/ }).click();
    await candidate.getByLabel("Why").fill("What is paid and not settled, before midnight.");
    await candidate.locator(".rm-form").getByRole("button", { name: /^Run reconcile/ }).click();
    const made = candidate.locator(".rm-made-row").first();
    await until(async () => /done|partly|failed/.test(await made.innerText()));
    await stand();
    await looked(room, "w30-reconciled", true);
  });

  await test.step("W32 looking back: the clock stands; W38 levels in pencil", async () => {
    await next("Looking back");
    await expect.poll(async () => (await clock()).running).toBe(false);
    await looked(room, "w32-back");
    await panel.keyboard.press("l");
    const pencil = panel.locator("#rm-pencil");
    await pencil.getByRole("radio").nth(1).check({ force: true });
    await looked(room, "w38-pencilled");
  });

  await test.step("W39 the truth is opened; and the same customers with the key from the start", async () => {
    await panel.getByRole("button", { name: /Show the candidate what is true/ }).click();
    await expect(candidate.getByRole("heading", { name: "What is true" })).toBeVisible();
    await looked(room, "w39-reveal", true);
    await panel.getByRole("button", { name: /Close it now/ }).click();
    await expect(candidate.getByRole("heading", { name: "What is true" })).toBeHidden();
  });

  await test.step("W45 the end: what is kept, until when, whom to ask", async () => {
    await next("Their questions");
    await looked(room, "w42-questions");
    await panel.keyboard.press("e");
    await panel.getByRole("dialog").getByRole("button", { name: /^End/ }).click();
    await expect(candidate.getByText(/over|ended/i).first()).toBeVisible();
    await looked(room, "w45-end", true);
    await candidate.getByRole("button", { name: /what is kept of this/ }).click();
    await expect(candidate.getByText(/To see, correct or remove what is kept/)).toBeVisible();
    await candidate.keyboard.press("Escape");
    for (const side of [panel, candidate]) await expectAccessible(side);
  });
  await guest.close();
});
