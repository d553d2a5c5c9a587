// A team drills: one leads and breaks things, another operates by invitation, and at the end it is told to both. While it runs, the
// operator's browser is never sent what only the leader sees.
import { invited } from "./people";
import { DESK } from "./room";
import { admin, expect, expectAccessible, signIn, test } from "./server";

const FAULTS = /settle db down|settle_db_down|answers vanish|answers_vanish|What can break/iu;

test("one leads, another operates, and it is told to both", async ({ page, server, browser }) => {
  test.slow();
  await signIn(page.context(), server);
  await page.goto(`${server.url}/drills`);
  await expect(page.getByRole("article").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("article", { name: "A night at the shop" }).getByRole("button", { name: "Drill: I lead" }).click();
  await expect(page.getByRole("heading", { name: "What can break" })).toBeVisible();
  await expect(page.getByText("You lead")).toBeVisible();
  const drill = new URL(page.url()).pathname;

  // The invitation, and a colleague who comes by it.
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByLabel("The drill’s address")).toHaveValue(server.url + drill);
  await page.keyboard.press("Escape");
  const other = await invited(browser, page.request, "interviewer", "Ben Osei");
  const ben = await other.newPage();
  await ben.setViewportSize(DESK);
  const heard: string[] = [];
  ben.on("response", async (response) => {
    const told = response.url().includes("/api/") && response.headers()["content-type"]?.includes("json");
    if (told) heard.push(await response.text().catch(() => ""));
  });
  await ben.goto(server.url + drill);
  await expect(ben.getByText(`${admin.name} breaks things`)).toBeVisible();
  await ben.getByRole("button", { name: "Join as an operator" }).click();
  await expect(ben.getByRole("heading", { name: "System" })).toBeVisible();
  await expect(ben.getByText(`${admin.name} leads`).first()).toBeVisible();
  await expect(page.getByText(/In it: .*Ben Osei/u)).toBeVisible();

  // It runs; the leader breaks something, and only the leader sees what.
  await page.getByRole("button", { name: "Let it run" }).click();
  await expect(ben.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.getByRole("button", { name: /^Fire: /u }).first().click();
  await expect(page.getByText(/on since 0:/u)).toBeVisible();
  await expectAccessible(page);
  await expectAccessible(ben);

  // The operator decides in words; the leader reads who it was.
  const question = ben.getByRole("button", { name: /The provider has not answered/u });
  await question.click();
  await ben.getByRole("textbox", { name: "Your answer" }).fill("Ask again under the same key.");
  await ben.getByRole("button", { name: "Save answer" }).click();
  await expect(page.getByRole("region", { name: "Who did what" })).toContainText(/Ben Osei.*Ask again under the same key\./su);
  await expect(ben.locator("body")).not.toContainText(FAULTS);
  expect(heard.filter((text) => FAULTS.test(text)).map((text) => text.slice(0, 80))).toEqual([]);

  // Its story is not the operator's before it ends.
  const story = `/rooms/${drill.split("/").at(-1)}/takes/1/story`;
  await ben.goto(server.url + story);
  await expect(ben.getByText("What is true is told when the drill has ended.")).toBeVisible();
  await ben.goto(server.url + drill);
  await expect(ben.getByRole("heading", { name: "System" })).toBeVisible();

  // The end, for everybody.
  await page.getByRole("button", { name: "End it" }).click();
  await page.getByRole("button", { name: "End it for everybody" }).click();
  await expect(ben.getByText("The drill has ended.")).toBeVisible();
  await ben.getByRole("link", { name: "Told back" }).click();
  await expect(ben.getByRole("heading", { name: "In order" })).toBeVisible();
  await expect(ben.getByRole("main")).toContainText("Ben Osei");
  await expect(ben.getByRole("main")).toContainText(admin.name);
  await expectAccessible(ben);
  await page.getByRole("link", { name: "Told back" }).click();
  await expect(page.getByRole("heading", { name: "In order" })).toBeVisible();
  // Any moment again, for an operator too.
  await ben.getByRole("link", { name: "Replay" }).click();
  await expect(ben.getByText("replay", { exact: true })).toBeVisible();
  await other.close();
});

test("where nobody leads, whoever is there holds the clock", async ({ page, server }) => {
  await signIn(page.context(), server);
  await page.goto(`${server.url}/drills`);
  await page.getByRole("article", { name: "A night at the shop" }).getByRole("button", { name: "Drill: nobody leads" }).click();
  await expect(page.getByText("Nobody leads; what goes wrong comes by itself")).toBeVisible();
  await page.getByRole("button", { name: "Let it run" }).click();
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.getByLabel("Speed").selectOption("16");
  await expect(page.getByLabel("Speed")).toHaveValue("16");
  await page.keyboard.press("Space");
  await expect(page.getByRole("button", { name: "Go on" })).toBeVisible();
  await page.getByRole("button", { name: "End it" }).click();
  await page.getByRole("button", { name: "End it for everybody" }).click();
  await page.getByRole("link", { name: "Told back" }).click();
  await expect(page.getByRole("heading", { name: "In order" })).toBeVisible();
});
