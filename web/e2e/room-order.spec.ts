// One customer who paid twice: the ticket, the two traces that do not join, the answer, the refund, and what the panel knows of it.
import { act, candidateBase, DESK, inside, type Room, run } from "./room";
import { call } from "./people";
import { expect, expectAccessible, signIn, test } from "./server";

test("the order that was charged twice is found, answered and refunded", async ({ browser, page, server }) => {
  test.setTimeout(240_000);
  await signIn(page.context(), server);
  const guest = await browser.newContext({ viewport: DESK });
  const candidate = await guest.newPage();
  let room: Room | undefined;

  await test.step("from the start page to a link: choose, open, make", async () => {
    await page.goto(server.url);
    // The very first page offers other ways to begin as well.
    const system = page.getByRole("radio", { name: /Charged, and settlement fails/ });
    const choose = page.getByRole("button", { name: /or a running system$/ });
    await expect(system.or(choose)).toBeVisible();
    if (await choose.isVisible()) await choose.click();
    await system.check({ force: true });
    await page.getByRole("button", { name: /Open the room/ }).click();
    await expect(page).toHaveURL(/\/interviews\/[^/]+\/room$/);
    await page.getByRole("button", { name: "Make a link", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Make the link" }).click();
    const link = await dialog.getByRole("textbox", { name: /New link/ }).inputValue();
    await page.keyboard.press("Escape");
    const url = server.url + new URL(link).pathname;
    await candidate.goto(url);
    await inside(page, candidate);
    const interview = new URL(page.url()).pathname.split("/")[2]!;
    const { room: ref } = await call(page.request, "get", `/api/interviews/${interview}`);
    room = { panel: page, candidate, guest, interview, take: ref.take, url };
  });
  const it = room!;

  await test.step("decided in words, against good advice: asked again, without a key", async () => {
    await candidate.getByRole("button", { name: /The provider has not answered/ }).click();
    await candidate.getByLabel("Your answer").fill("Retry twice on timeout.");
    await candidate.getByRole("button", { name: "Save answer" }).click();
    await candidate.getByRole("radio", { name: /^Ask again, up to three times$/ }).check();
    await candidate.getByLabel("Why").fill("Most time-outs are short.");
    await candidate.getByRole("button", { name: "Decide" }).click();
    await expect(candidate.getByText(/Answered at .*, before the options/)).toBeVisible();
    await run(it);
  });

  await test.step("answers vanish; the candidate is not told", async () => {
    const armed = page.locator(".rm-armed", { has: page.getByText("Armed", { exact: true }) });
    // F goes on to the next one; each press waits for what it armed.
    for (let before = ""; !/answers/i.test(before); before = await armed.innerText()) {
      await page.keyboard.press("f");
      if (before === "") await expect(armed).toBeVisible();
      else await expect(armed).not.toHaveText(before, { useInnerText: true });
    }
    await page.keyboard.press("Enter");
    await expect(page.locator(".rm-running")).toContainText("answers", { ignoreCase: true });
  });

  // The newest stands on top: the one that was read first is found again by its number.
  const anybody = candidate.locator(".rm-ticket", { hasText: "charged twice" }).first();
  let ticket = anybody;
  let number = 0;
  let order = "";
  let charge = "";
  await test.step("a customer writes, and the speed drops to 1×", async () => {
    await expect(async () => {
      // Whatever else comes in slows it down as well.
      if (!(await anybody.isVisible())) await page.keyboard.press("]");
      await expect(anybody).toBeVisible({ timeout: 500 });
    }).toPass({ timeout: 120_000, intervals: [100] });
    await expect(page.getByLabel("Speed")).toHaveValue("1");
    await expect(candidate.getByText("1×", { exact: true })).toBeVisible();
    await page.keyboard.press("Space");
    await expect(candidate.getByText(/^Paused/)).toBeVisible();
    number = Number(await anybody.getAttribute("data-ticket"));
    ticket = candidate.locator(`[data-ticket="${number}"]`);
    order = (await ticket.getByRole("button", { name: /^Find / }).innerText()).replace("Find ", "");
  });

  await test.step("its traces do not join, and the page says why", async () => {
    await ticket.getByRole("button", { name: `Find ${order}` }).click();
    await expect(candidate.getByRole("tab", { name: /Traces/ })).toHaveAttribute("aria-selected", "true");
    await expect(candidate.getByText(/correlation/i).first()).toBeVisible();
    // Two stories of one click; in the second an answer is lost, and the provider is asked again.
    await expect(candidate.locator(".rm-trace", { hasText: "place_order" }).first()).toContainText(order);
    const captures = candidate.locator(".rm-trace", { hasText: "psp.capture" });
    await expect(captures.filter({ hasText: "attempt 2" }).first()).toContainText("no answer");
    // Not each of them has heard which charge it made.
    const charged = captures.filter({ hasText: /charge \d+/ }).first();
    // Of an order whose answers were all lost nobody has: then it is the next customer's that is followed.
    for (let tries = 1; tries < 5 && !(await charged.isVisible()); tries += 1) {
      const written = await candidate.locator(".rm-ticket", { hasText: "charged twice" }).count();
      await page.keyboard.press("Space");
      await expect(async () => {
        await page.keyboard.press("]");
        expect(await candidate.locator(".rm-ticket", { hasText: "charged twice" }).count()).toBeGreaterThan(written);
      }).toPass({ timeout: 60_000, intervals: [500] });
      await page.keyboard.press("Space");
      await expect(candidate.getByText(/^Paused/)).toBeVisible();
      number = Number(await anybody.getAttribute("data-ticket"));
      ticket = candidate.locator(`[data-ticket="${number}"]`);
      order = (await ticket.getByRole("button", { name: /^Find / }).innerText()).replace("Find ", "");
      await ticket.getByRole("button", { name: `Find ${order}` }).click();
      await expect(candidate.locator(".rm-trace", { hasText: "place_order" }).first()).toContainText(order);
    }
    charge = /charge (\d+)/.exec(await charged.innerText())![1]!;
    await expectAccessible(candidate);
    // A key that nobody carries.
    await candidate.getByLabel("Key to find").fill("no-such-order");
    await candidate.getByLabel("Key to find").press("Enter");
    await expect(candidate.getByText(/No trace names no-such-order/)).toBeVisible();
    // What went wrong lately, whoever it met.
    await candidate.getByLabel("Key to find").fill("");
    await candidate.getByRole("checkbox", { name: "with errors" }).check();
    await expect(candidate.locator(".rm-trace").first()).toContainText("no answer");
    await candidate.getByLabel("Duration").selectOption("1000");
    await expect(candidate.locator(".rm-trace").first()).toBeVisible();
    await candidate.getByRole("tab", { name: /Logs/ }).click();
    await candidate.getByLabel("Level").selectOption("error");
    await expect(candidate.getByText(/unknown in/).first()).toBeVisible();
    await candidate.getByRole("tab", { name: /Traces/ }).click();
  });

  await test.step("the answer to the customer; the panel alone sees whether it is right", async () => {
    await ticket.getByRole("button", { name: /^Answer/ }).click();
    await candidate.getByRole("radio", { name: "It is as they say" }).check();
    await candidate.getByLabel("What you write to the customer").fill("You paid twice. One of them is on its way back.");
    await candidate.getByRole("button", { name: "Send answer" }).click();
    await expect(ticket.getByText(/Answered at/)).toBeVisible();
    await page.keyboard.press("r");
    const record = page.getByRole("group", { name: "Record" });
    await expect(record.getByText(`Answers order ${order}: right`)).toBeVisible();
    await page.keyboard.press("v");
    await expect(page.getByText(/The answer was right/)).toBeVisible();
    await expect(candidate.getByText(/The answer was right/)).toHaveCount(0);
    await page.keyboard.press("v");
    await page.keyboard.press("r");
  });

  await test.step("refunded by hand, and true in the books", async () => {
    // While answers vanish, that of a repair may vanish, too.
    await page.getByRole("button", { name: "Lift it now" }).click();
    await expect(page.locator(".rm-running")).toHaveCount(0);
    await candidate.keyboard.press("Escape");
    await candidate.getByRole("tab", { name: /Moves/ }).click();
    await candidate.getByRole("button", { name: /^.*Refund/ }).first().click();
    const which = candidate.getByLabel("Which charge");
    const make = candidate.locator(".rm-form").getByRole("button", { name: /^Refund/ });
    // An order is no charge: it is said, and what was written stays.
    await which.fill(order);
    await make.click();
    await expect(candidate.getByText(/There is no charge/)).toBeVisible();
    await which.fill(charge);
    await candidate.getByLabel("Why").fill("The second charge has no order.");
    await make.click();
    await expect(candidate.locator(".rm-made-row").first()).toContainText(charge);
    await page.keyboard.press("Space");
    const made = candidate.locator(".rm-made-row").first();
    await expect(async () => {
      if ((await made.innerText()).includes("under way")) await page.keyboard.press("]");
      await expect(made).toContainText("done", { timeout: 500 });
    }).toPass({ timeout: 120_000, intervals: [100] });
    await page.keyboard.press("Space");
  });

  await test.step("a second answer to the same ticket is refused, with the reason", async () => {
    const again = await act(guest.request, candidateBase(it), { kind: "reply", ticket: number, verdict: "it_is_not" }, "No.");
    expect(again.rejected).toBe("That ticket was answered before.");
  });
  await guest.close();
});
