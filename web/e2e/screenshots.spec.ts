// The README's pictures, from the sample. Runs in the project `screenshots` only: `make screenshots`.
import { call } from "./people";
import { signIn, test } from "./server";

const FOLDER = "../docs/screenshots";

test("pictures", async ({ page, server }) => {
  await signIn(page.context(), server);
  const { loop_id } = await call(page.request, "post", "/api/demo");
  const loop = await call(page.request, "get", `/api/loops/${loop_id}`);
  const money = loop.interviews.find((i: { areas: string[]; state: string }) => i.areas.includes("consistency") && i.state === "ended");
  const shoot = async (name: string, path: string, before?: () => Promise<void>) => {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    await before?.();
    await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: "disabled" });
  };
  await page.setViewportSize({ width: 1440, height: 900 });
  await shoot("start", "/");
  await shoot("kit", "/kit/consistency");
  await shoot("interview", `/interviews/${money.id}`);
  await shoot("debrief", `/loops/${loop_id}/debrief`, async () => {
    await page.getByText("Consistency thinking").first().click();
  });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await shoot("debrief-room", `/loops/${loop_id}/debrief#consistency`, async () => {
    await page.getByRole("button", { name: "The record at 28:10" }).click();
    await page.getByRole("button", { name: /^to the moment/u }).click();
    await page.getByText(/put aside by/u).waitFor();
    await page.locator(".moment-frame").evaluate((one) => window.scrollTo(0, one.getBoundingClientRect().top + window.scrollY - 56));
  });
  await shoot("debrief-dark", `/loops/${loop_id}/debrief`, async () => {
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: null });
  });
  await page.emulateMedia({ colorScheme: "light" });
  // One customer of the practice page, before and after one decision.
  const history = async () => {
    await page.getByRole("button", { name: "Run", exact: true }).filter({ visible: true }).click();
    await page.getByRole("button", { name: /^Open the history of order/u }).first().click();
    await page.locator("[data-decision=no_answer]").click();
    await page.getByRole("radio", { name: /same key/u }).check();
    await page.getByRole("button", { name: "Run again with the same customers" }).click();
    await page.getByText("run 1 → run 2").waitFor();
    await page.locator(".px-steps table.both").waitFor();
  };
  await shoot("practice", "/practice", history);
  await page.getByRole("button", { name: /^Close/u }).click();
  await page.getByRole("slider", { name: "Moment of the run" }).fill("0.42");
  await page.screenshot({ path: `${FOLDER}/practice-system.png`, animations: "disabled" });
  await page.setViewportSize({ width: 390, height: 844 });
  await shoot("debrief-phone", `/loops/${loop_id}/debrief`);
  // A scorecard of one's own, begun.
  await page.setViewportSize({ width: 1440, height: 900 });
  const made = await call(page.request, "post", "/api/interviews", { area: "consistency" });
  const at = (at_ms: number, body: object) => ({ id: crypto.randomUUID(), at_ms, body });
  await call(page.request, "post", `/api/interviews/${made.id}/entries`, {
    entries: [
      at(0, { kind: "start" }),
      at(0, { kind: "note", note: "said", text: "“The order is pending before I ask for money.”", area: "consistency", signal: "own-state" }),
      at(0, { kind: "signal", area: "consistency", signal: "own-state", prompted: null }),
      at(0, { kind: "note", note: "did", text: "Drew five states and crossed out “failed” on the buyer’s page.", area: "consistency", signal: null }),
      at(0, { kind: "note", note: "reading", text: "Has repaired this by hand before.", area: "consistency", signal: null }),
      at(0, { kind: "end" }),
    ],
  });
  await shoot("scorecard", `/loops/${made.loop_id}/scorecard`, async () => {
    await page.getByRole("group", { name: "Level" }).getByRole("radio", { name: /good/ }).check();
    await page.getByRole("button", { name: /^Evidence: .*pending before/ }).click();
    await page.getByLabel("What would have moved it one level").fill("Up: saying when the key lapses, and what is done instead.");
    await page.getByRole("group", { name: "Confidence" }).getByRole("radio", { name: "fairly sure" }).check({ force: true });
    await page.getByText(/^kept/).waitFor();
  });
});

test("pictures of a room", async ({ page, browser, server }) => {
  await signIn(page.context(), server);
  const made = await call(page.request, "post", "/api/interviews", { scenario: "charged-not-settled" });
  const link = await call(page.request, "post", `/api/interviews/${made.id}/links`, {});
  const { room } = await call(page.request, "get", `/api/interviews/${made.id}`);
  const guest = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB" });
  const candidate = await guest.newPage();
  const theirs = new URL(link.url).pathname;
  await candidate.goto(server.url + theirs);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/interviews/${made.id}/room`);
  await page.getByRole("button", { name: /Start the clock/u }).first().click();
  const send = (base: string, body: object, words?: string) =>
    call(page.request, "post", `${base}/commands`, { commands: [{ id: crypto.randomUUID(), seen_v: 0, body, words }] });
  const panel = `/api/takes/${room.take}`;
  const their = `/api${theirs}/room`;
  await send(their, { kind: "answer", decision: "no_answer" }, "Most time-outs are lost requests, so I would try again twice.");
  await send(their, { kind: "choose", decision: "no_answer", answer: { option: "again" } }, "A second try costs little.");
  await send(panel, { kind: "resume" });
  // A ticket brings the speed down, so it is set again and again.
  const until = async (minutes: number) => {
    for (;;) {
      const { clock } = await call(page.request, "get", `${panel}/at?v=99000000000000&rows=9999`);
      if (clock.v >= (5 + minutes) * 60e9) return;
      if (clock.speed < 16) await send(panel, { kind: "speed", times: 16 });
      await page.waitForTimeout(300);
    }
  };
  await until(9);
  await send(panel, { kind: "fire", fault: "settle_db_down" });
  await until(10.5);
  await send(panel, { kind: "pause" });
  await candidate.getByText("Paused").or(candidate.getByText("stands")).first().waitFor();
  await candidate.screenshot({ path: `${FOLDER}/room-candidate.png`, animations: "disabled" });
  await page.screenshot({ path: `${FOLDER}/room-interviewer.png`, animations: "disabled" });
  await guest.close();
});
