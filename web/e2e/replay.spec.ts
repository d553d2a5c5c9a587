// The day after: somebody who was not there opens a link into a room that was held, sees the order that was charged twice, and
// what would have come of another decision for the same customer.
import type { APIRequestContext, Browser, Page } from "@playwright/test";
import { entry, panelOf, submit } from "./panel";
import { call, invited } from "./people";
import { expect, expectAccessible, type Server, signIn, test } from "./server";

interface Held {
  loop: string;
  /** A line of the debrief that has evidence. */
  area: string;
  room: string;
  take: string;
  opens: number;
  /** Where the note was written. */
  noted: number;
  twice: { serial: number; what: string };
}

const LAST = Number.MAX_SAFE_INTEGER;
const MINUTE = 60e9;

const sent = (body: object, words?: string) => ({ commands: [{ id: crypto.randomUUID(), seen_v: 0, body, ...(words ? { words } : {}) }] });

/** A short room, by commands: asked again without a key, while answers vanish. */
async function hold(browser: Browser, page: Page, server: Server): Promise<Held> {
  await signIn(page.context(), server);
  const request: APIRequestContext = page.request;
  const held = await panelOf(browser, request, server.url, []);
  const { members } = held;
  const made = held.interviews[0]!;
  await call(request, "patch", `/api/interviews/${made.id}`, { people: [{ person: members[0]!.id, part: "interviewer" }] });
  await call(request, "post", `/api/interviews/${made.id}/room`, { scenario: "charged-not-settled" });
  const { url } = await call(request, "post", `/api/interviews/${made.id}/links`, {});
  const theirs = `/api/c/${String(url).split("/").at(-1)}/room/commands`;
  await page.goto(`/interviews/${made.id}/room`);
  await expect(page.getByRole("heading", { name: /sees$/ })).toBeVisible();
  const { room } = await call(request, "get", `/api/interviews/${made.id}`);
  const base = `/api/takes/${room.take}`;
  const does = async (path: string, body: object, words?: string) => {
    const { results } = await call(request, "post", path, sent(body, words));
    expect(results[0].rejected).toBeNull();
  };
  const panel = (body: object) => does(`${base}/commands`, body);
  const now = () => call(request, "get", `${base}/at?v=${LAST}&rows=4000000000`);
  const opens: number = (await now()).clock.v;
  const until = async (v: number) => {
    // A ticket, an alert or a move slows the room down: here nobody reads it.
    const passed = async () => {
      const { clock } = await now();
      if (clock.speed < 16 && clock.v < v) await panel({ kind: "speed", times: 16 });
      return clock.v;
    };
    await expect.poll(passed, { timeout: 90_000 }).toBeGreaterThanOrEqual(v);
  };
  await call(request, "post", `/api/interviews/${made.id}/entries`, { entries: [entry({ kind: "start" })] });
  await does(theirs, { kind: "show_options", decision: "no_answer" });
  await does(theirs, { kind: "choose", decision: "no_answer", answer: { option: "again" } }, "It will not stay away for long.");
  await panel({ kind: "resume" });
  await until(opens + MINUTE / 2);
  await panel({ kind: "fire", fault: "answers_vanish" });
  await until(opens + 3 * MINUTE);
  await panel({ kind: "pause" });
  const frame = await now();
  const noted: number = frame.clock.v;
  const said = (area: string) => ({
    ...entry({ kind: "note", note: "said", text: "“The second charge is ours.”", area, signal: null }),
    moment: { take: room.take, seq: 0, v: noted },
  });
  await call(request, "post", `/api/interviews/${made.id}/entries`, { entries: made.areas.map(said) });
  await panel({ kind: "resume" });
  await until(opens + 4 * MINUTE);
  await panel({ kind: "pause" });
  await panel({ kind: "end" });
  await call(request, "post", `/api/interviews/${made.id}/entries`, { entries: [entry({ kind: "end" })] });
  // What was said and seen is open to others once every level is given.
  await submit(held, 0, () => "good");
  await call(request, "post", `/api/loops/${held.loop}/debrief/exception`, { reason: "The other interviews are held next week." });
  const twice = frame.truth.rows.find((row: { promise: string }) => row.promise === "charged_once").who[0];
  return { loop: held.loop, area: made.areas[0]!, room: room.id, take: room.take, opens, noted, twice };
}

test("a third person settles it by watching the double-charged order again", async ({ browser, page, server }) => {
  // A room is held, and played two hundred times more.
  test.setTimeout(480_000);
  const held = await hold(browser, page, server);
  const context = await invited(browser, page.request, "manager", "Noor Haddad");
  const third = await context.newPage();
  await third.setViewportSize({ width: 1440, height: 900 });
  const key = held.twice.what.split(" ").at(-1)!;
  const link = `${server.url}/rooms/${held.room}/takes/1?at=${held.noted}&key=${key}`;

  await test.step("a link opens fifteen seconds earlier, marks its moment, and moves by keys", async () => {
    await third.goto(link);
    const slider = third.getByRole("slider", { name: "Moment of the room" });
    const at = Math.floor((held.noted - held.opens) / 1e9);
    await expect(slider).toHaveAttribute("aria-valuenow", String(at - 15));
    await expect(third.getByText("“The second charge is ours.”")).toHaveCount(0);
    await third.keyboard.press("m");
    await expect(slider).toHaveAttribute("aria-valuenow", String(at));
    await third.keyboard.press("ArrowLeft");
    await expect(slider).toHaveAttribute("aria-valuenow", String(at - 10));
    await third.keyboard.press("Shift+ArrowLeft");
    await expect(slider).toHaveAttribute("aria-valuenow", String(at - 70));
    await third.keyboard.press("Home");
    await expect(slider).toHaveAttribute("aria-valuenow", "0");
    await third.keyboard.press("Space");
    await expect(slider).not.toHaveAttribute("aria-valuenow", "0");
    await third.keyboard.press("Space");
    await expect(third.getByRole("button", { name: "Play" })).toBeVisible();
    await third.keyboard.press("End");
    await expect(slider).toHaveAttribute("aria-valuenow", await slider.getAttribute("aria-valuemax").then(String));
  });

  await test.step("the order that was charged twice: what is true, and the spans that do not join", async () => {
    const told = third.getByRole("region", { name: new RegExp(key) });
    await expect(told.locator(".harm").first()).toBeVisible();
    const traces = third.getByRole("region", { name: "Traces", exact: true });
    await expect(traces.getByText(/do not join|No traces join|no correlation/i).first()).toBeVisible();
    await expect(traces.getByText(/psp/).nth(1)).toBeVisible();
  });

  await test.step("the record leads to what was noted", async () => {
    await third.keyboard.press("r");
    await third.getByRole("button", { name: /The second charge is ours/ }).first().click();
    await expect(third.getByRole("slider", { name: "Moment of the room" })).toHaveAttribute(
      "aria-valuenow",
      String(Math.floor((held.noted - held.opens) / 1e9)),
    );
    await expectAccessible(third);
  });

  await test.step("had they asked with the same key, that customer would not have been charged twice", async () => {
    await third.goto(`${server.url}/rooms/${held.room}/takes/1/what-if?at=${held.opens}&key=${key}`);
    await third.getByLabel("The provider has not answered. What now?").selectOption("again_same");
    await third.getByRole("button", { name: "Play both" }).click();
    const row = third.getByRole("row", { name: /charged twice/ });
    await expect(row.getByRole("cell").first()).not.toHaveText(/^0/);
    await expect(row.getByRole("cell").nth(1)).toHaveText("0");
    const both = third.getByRole("region", { name: /both ways/ });
    await expect(both.locator("td:nth-child(2).harm").first()).toBeVisible();
    await expect(both.locator("td:nth-child(4).harm")).toHaveCount(0);
    await expect(third.getByText(/Playing both/)).toBeHidden();
    await expectAccessible(third);
  });

  await test.step("a piece of evidence plays the room where it is argued about", async () => {
    await third.goto(`${server.url}/loops/${held.loop}/debrief`);
    const line = third.locator(`#line-${held.area}`);
    await line.getByRole("button").first().click();
    await line.getByRole("button", { name: /^The record at/ }).first().click();
    const slider = third.getByRole("slider", { name: "Moment of the room" });
    await expect(slider).toBeVisible();
    await third.getByRole("button", { name: /^to the moment/ }).click();
    await expectAccessible(third);
    await third.getByRole("link", { name: "Open in full" }).click();
    await expect(third).toHaveURL(new RegExp(`/rooms/${held.room}/takes/1\\?at=${held.noted}`));
  });

  await test.step("the story, from facts alone", async () => {
    await third.goto(`${server.url}/rooms/${held.room}/takes/1/story`);
    await expect(third.getByRole("heading", { name: "In order" })).toBeVisible();
    await expect(third.getByText(/decisions answered in words/)).toBeVisible();
    await expectAccessible(third);
  });

  await test.step("on a phone, and in the dark", async () => {
    for (const path of ["", "/what-if?choose=no_answer:again_same", "/story"]) {
      await third.setViewportSize({ width: 390, height: 844 });
      await third.goto(`${server.url}/rooms/${held.room}/takes/1${path}`);
      await expect(third.getByRole("heading").first()).toBeVisible();
      await expectAccessible(third);
      await third.setViewportSize({ width: 1440, height: 900 });
      await third.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(third, "contrast");
      await third.emulateMedia({ colorScheme: "light" });
    }
  });
  await test.step("beside what is true: how the same decisions come out with other seeds", async () => {
    await third.goto(`${server.url}/rooms/${held.room}/takes/1`);
    await expect(third.getByRole("slider", { name: "Moment of the room" })).toBeVisible();
    await third.keyboard.press("t");
    await expect(third.getByText(/here; .*of 200 other seeds/).first()).toBeVisible({ timeout: 240_000 });
    await expectAccessible(third);
  });
  await context.close();
});
