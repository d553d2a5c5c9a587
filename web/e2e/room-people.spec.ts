// Who is in a room: somebody who only watches, two who write one text, two tabs of one candidate, and one without a mouse.
import { act, bothSides, candidateBase, DESK, run } from "./room";
import { call, invited } from "./people";
import { expect, test } from "./server";

test("a shadow watches in silence, and cannot act", async ({ browser, page, server }) => {
  const room = await bothSides(browser, page, server);
  const shadows = await invited(browser, page.request, "interviewer", "Tomás Peña");
  const { person: ada } = await call(page.request, "get", "/api/me");
  const { person: tomas } = await call(shadows.request, "get", `${server.url}/api/me`);
  await call(page.request, "patch", `/api/interviews/${room.interview}`, {
    people: [
      { person: ada.id, part: "interviewer" },
      { person: tomas.id, part: "shadow" },
    ],
  });
  const shadow = await shadows.newPage();
  await shadow.setViewportSize(DESK);
  await shadow.goto(`${server.url}/interviews/${room.interview}/room`);
  await expect(shadow.getByRole("heading", { name: /sees$/ })).toBeVisible();

  await test.step("the interviewer knows of them, the candidate is not shown one who is silent", async () => {
    await expect(page.locator(".rm-here")).toContainText("Tomás Peña watches");
    await expect(room.candidate.locator(".rm-here")).toContainText(ada.name);
    await expect(room.candidate.locator(".rm-here")).not.toContainText("Tomás");
    await expect(room.candidate.locator("body")).not.toContainText("Tomás");
  });

  await test.step("they see it run", async () => {
    await run(room);
    await expect(shadow.locator(".rm-clock > b")).not.toHaveText("0:00");
  });

  await test.step("no key and no button of theirs changes anything", async () => {
    await expect(shadow.getByRole("button", { name: /^(Pause|Arm|Fire|Let it run)/ })).toHaveCount(0);
    await expect(shadow.getByRole("combobox", { name: "Speed" })).toHaveCount(0);
    for (const key of ["Space", "]", "f", "Enter", "g"]) await shadow.keyboard.press(key);
    const answer = await shadows.request.post(`${server.url}/api/takes/${room.take}/commands`, {
      headers: { "x-seatrial": "1" },
      data: { commands: [{ id: crypto.randomUUID(), seen_v: 0, body: { kind: "pause" } }] },
    });
    expect(answer.status()).toBe(403);
    await expect(page.getByRole("button", { name: /^Pause/ })).toBeVisible();
    await expect(page.getByText("Armed", { exact: true })).toHaveCount(0);
  });

  await test.step("whoever leaves is not here any more", async () => {
    await shadow.close();
    await expect(page.locator(".rm-here")).not.toContainText("Tomás");
    await room.candidate.close();
    await expect(page.locator(".rm-here")).toContainText("candidate not here");
  });
  await shadows.close();
  await room.guest.close();
});

test("two write into the pad at once, and every word stands", async ({ browser, page, server }) => {
  const room = await bothSides(browser, page, server);
  await room.candidate.getByRole("tab", { name: /Pad/ }).click();
  const theirs = room.candidate.getByRole("textbox", { name: "Pad" });
  await expect(theirs).toBeEditable();
  await theirs.fill("orders: 20 a second\n\nquestions:\n");
  await expect(room.candidate.getByText("Kept. Everybody in the room sees this.")).toBeVisible();

  // The second writer: another tab of the candidate, in the same moment.
  const tab = await room.guest.newPage();
  await tab.goto(room.url);
  await tab.getByRole("tab", { name: /Pad/ }).click();
  const other = tab.getByRole("textbox", { name: "Pad" });
  await expect(other).toHaveValue(/questions:/);
  await Promise.all([
    theirs.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(0, 0)),
    other.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(field.value.length, field.value.length)),
  ]);
  // Each stops in the middle of a word until the other's half is there, and goes on where they were.
  await Promise.all([theirs.pressSequentially("top: 3"), other.pressSequentially("who ref")]);
  await expect(theirs).toHaveValue(/who ref$/);
  await expect(other).toHaveValue(/^top: 3/);
  await Promise.all([theirs.pressSequentially("00 ms\n"), other.pressSequentially("unds?\n")]);
  const whole = /^top: 300 ms\norders: 20 a second\n\nquestions:\nwho refunds\?\n$/;
  await expect(theirs).toHaveValue(whole);
  await expect(other).toHaveValue(whole);
  await expect.poll(async () => (await call(page.request, "get", `/api/takes/${room.take}/pad`)).text).toMatch(whole);
  await room.guest.close();
});

test("two tabs of one candidate are one candidate", async ({ browser, page, server }) => {
  const room = await bothSides(browser, page, server);
  const tab = await room.guest.newPage();
  await tab.goto(room.url);
  await expect(tab.getByRole("heading", { name: "System" })).toBeVisible();
  for (const one of [room.candidate, tab]) await expect(one.locator(".rm-here")).toHaveText(/^Here: you, /);
  await room.candidate.getByRole("button", { name: /The provider has not answered/ }).click();
  await room.candidate.getByLabel("Your answer").fill("Ask the provider what became of it.");
  await room.candidate.getByRole("button", { name: "Save answer" }).click();
  const question = tab.locator("[data-decision=no_answer]");
  if (!(await question.getByText("Ask the provider what became of it.").isVisible())) await question.getByRole("button").first().click();
  await expect(question.getByText("Ask the provider what became of it.")).toBeVisible();

  // The same thing sent twice, from wherever, is one thing.
  const sent = { id: crypto.randomUUID(), seen_v: 0, body: { kind: "show_options", decision: "books" } };
  const base = candidateBase(room);
  const [first, second] = await Promise.all([1, 2].map(() => call(room.guest.request, "post", `${base}/commands`, { commands: [sent] })));
  expect(first).toEqual(second);
  const refused = await act(room.guest.request, base, { kind: "fire", fault: "poison" });
  expect(refused.rejected).toBe("Nothing of that kind can be sent from here.");
  await tab.close();
  await expect(page.locator(".rm-here")).not.toContainText("candidate not here");
  await room.guest.close();
});

test("a candidate without a mouse", async ({ browser, page, server }) => {
  const room = await bothSides(browser, page, server);
  await run(room);
  const { candidate } = room;
  const keys = candidate.keyboard;
  const focused = () => candidate.evaluate(() => (document.activeElement instanceof HTMLButtonElement ? document.activeElement.textContent : ""));
  const tabTo = async (what: RegExp) => {
    for (let n = 0; n < 80; n += 1) {
      await keys.press("Tab");
      if (what.test(await focused())) return;
    }
    throw new Error(`${what} cannot be reached by Tab`);
  };

  await test.step("the panels by their digits, the brief by its letter", async () => {
    for (const [key, name] of [
      ["2", "Moves"],
      ["3", "Traces"],
      ["4", "Logs"],
      ["5", "Pad"],
      ["1", "Decisions"],
    ] as const) {
      await keys.press(key);
      await expect(candidate.getByRole("tab", { name: new RegExp(name) })).toHaveAttribute("aria-selected", "true");
    }
    await keys.press("b");
    await expect(candidate.getByRole("dialog")).toBeVisible();
    await keys.press("Escape");
    await expect(candidate.getByRole("dialog")).toHaveCount(0);
  });

  await test.step("a decision, from its question to its reason", async () => {
    await tabTo(/^As found:.*Who compares the books/);
    await keys.press("Enter");
    const answer = candidate.getByLabel("Your answer");
    await expect(answer).toBeFocused();
    await keys.type("A job, every five minutes.");
    await keys.press("Control+Enter");
    const job = candidate.getByRole("radio", { name: "A job", exact: false }).first();
    await expect(job).toBeVisible();
    await tabTo(/^Decide$/);
    for (let n = 0; n < 10 && !(await candidate.evaluate(() => document.activeElement instanceof HTMLInputElement)); n += 1)
      await keys.press("Shift+Tab");
    await keys.press("ArrowDown");
    await expect(candidate.getByRole("radio", { checked: true })).toHaveCount(1);
    await tabTo(/^Decide$/);
    await keys.press("Enter");
    await expect(candidate.locator("[data-decision=books]")).toContainText("Chosen at");
  });

  await test.step("a key to find traces, and Space to pause", async () => {
    await keys.press("Escape");
    await keys.press("f");
    await expect(candidate.getByLabel("Key to find")).toBeFocused();
    await keys.press("Escape");
    await candidate.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await keys.press("Space");
    await expect(candidate.getByText(/^Paused/)).toBeVisible();
    await keys.press("Space");
    await expect(candidate.getByText(/^Paused/)).toBeHidden();
  });
  await room.guest.close();
});
