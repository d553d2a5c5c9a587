// What a room costs in a real browser: first picture from a cold cache, what the page weighs, how long after an acknowledgement it is
// drawn while twenty look on, frames while figures are read, and what a long room leaves behind. Runs in the project `bench` only:
// `make bench-room`. Nothing here fails for being slow; the table is for people.
import { readFileSync } from "node:fs";
import type { CDPSession, Page } from "@playwright/test";
import { call } from "./people";
import { act, bothSides, candidateBase, DESK, roomOf, run } from "./room";
import { expect, signIn, test } from "./server";

const table: [what: string, ...figures: string[]][] = [];

const quantile = (all: number[], q: number): number => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(q * all.length))] ?? NaN;
const ms = (n: number): string => (n < 10 ? n.toFixed(1) : Math.round(n).toString()) + " ms";
const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(1) + " MiB";

test.afterAll(() => {
  for (const [what, ...figures] of table) console.log(`| ${what} | ${figures.join(" | ")} |`);
});

/** Says to the page when a thing is first in it. */
const NOTE_PICTURE = () => {
  const seen = new MutationObserver(() => {
    if (!document.querySelector(".rm-system svg text")) return;
    seen.disconnect();
    requestAnimationFrame(() => ((window as unknown as { drawnAt: number }).drawnAt = performance.now()));
  });
  seen.observe(document, { childList: true, subtree: true });
};

test("the candidate’s page: first picture and weight, from a cold cache", async ({ browser, page, server }) => {
  await signIn(page.context(), server);
  const made = await roomOf(page.request, server.url);
  // Somebody is there, so that the link leads into the room.
  await page.goto(`${server.url}/interviews/${made.interview}/room`);
  await expect(page.getByRole("heading", { name: /sees$/ })).toBeVisible();
  const [paints, pictures]: number[][] = [[], []];
  let bytes = 0;
  for (let turn = 0; turn < 15; turn += 1) {
    const context = await browser.newContext({ viewport: DESK });
    const one = await context.newPage();
    const cdp = await context.newCDPSession(one);
    await cdp.send("Network.enable");
    let sum = 0;
    const streams = new Set<string>();
    cdp.on("Network.responseReceived", ({ requestId, type }) => type === "EventSource" && streams.add(requestId));
    cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (!streams.has(requestId)) sum += encodedDataLength;
    });
    await one.addInitScript(NOTE_PICTURE);
    await one.goto(made.url);
    await one.waitForFunction(() => "drawnAt" in window);
    const [paint, picture] = await one.evaluate(() => [
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
      (window as unknown as { drawnAt: number }).drawnAt,
    ]);
    paints!.push(paint!);
    pictures!.push(picture!);
    bytes = sum;
    await context.close();
  }
  table.push(["candidate’s page, cold cache: first paint", ms(quantile(paints!, 0.5)), ms(quantile(paints!, 0.99))]);
  table.push(["candidate’s page, cold cache: the system drawn", ms(quantile(pictures!, 0.5)), ms(quantile(pictures!, 0.99))]);
  table.push(["candidate’s page until then, as sent", `${Math.round(bytes / 1000)} kB`, ""]);
});

/** Notes the wall clock when the word for standing has been painted or has gone. */
const NOTE_STANDING = () => {
  const notes: { standing: boolean; at: number }[] = [];
  (window as unknown as { notes: typeof notes }).notes = notes;
  let before: boolean | null = null;
  new MutationObserver(() => {
    const standing = (document.querySelector(".rm-standing")?.textContent ?? "") !== "";
    if (standing === before) return;
    before = standing;
    // After the frame that shows it.
    requestAnimationFrame(() => setTimeout(() => notes.push({ standing, at: performance.timeOrigin + performance.now() })));
  }).observe(document, { childList: true, subtree: true, characterData: true });
};

test("acknowledged to drawn, while twenty look on", async ({ browser, page, server }) => {
  test.setTimeout(300_000);
  const room = await bothSides(browser, page, server);
  await run(room);
  // Two pages are real browsers; the others read the same streams to the end of every frame.
  const stop = new AbortController();
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  let frames = 0;
  const listen = async (path: string) => {
    const response = await fetch(server.url + path, { headers: { cookie, Accept: "text/event-stream" }, signal: stop.signal });
    const reader = response.body!.getReader();
    while (!(await reader.read()).done) frames += 1;
  };
  const theirs = `${new URL(candidateBase(room)).pathname}/live`;
  const viewers = Array.from({ length: 18 }, (_, n) => listen(n % 3 === 0 ? theirs : `/api/takes/${room.take}/live`));
  await room.candidate.evaluate(NOTE_STANDING);
  const late: number[] = [];
  for (let turn = 0; turn < 120; turn += 1) {
    const standing = turn % 2 === 0;
    const before = await room.candidate.evaluate(() => (window as unknown as { notes: unknown[] }).notes.length);
    await act(page.request, `${server.url}/api/takes/${room.take}`, { kind: standing ? "pause" : "resume" });
    const acknowledged = Date.now();
    await room.candidate.waitForFunction((n) => (window as unknown as { notes: unknown[] }).notes.length > n, before);
    const at = await room.candidate.evaluate((n) => (window as unknown as { notes: { at: number }[] }).notes[n]!.at, before);
    late.push(Math.max(0, at - acknowledged));
  }
  stop.abort();
  await Promise.allSettled(viewers);
  expect(frames).toBeGreaterThan(18 * 100);
  table.push(["a command: acknowledged to drawn, 20 viewers", ms(quantile(late, 0.5)), ms(quantile(late, 0.99))]);
  await room.guest.close();
});

async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  return usedSize;
}

const nodesOf = (page: Page): Promise<number> => page.evaluate(() => document.querySelectorAll("*").length);

test("frames while figures are read, and what a long room leaves behind", async ({ browser, page, server }) => {
  test.setTimeout(1_200_000);
  const room = await bothSides(browser, page, server);
  await run(room);
  const base = `${server.url}/api/takes/${room.take}`;
  const clock = async () => (await call(page.request, "get", `${base}/at?v=${Number.MAX_SAFE_INTEGER}&rows=4000000000`)).clock;
  const until = async (minutes: number) => {
    const to = (await clock()).v + minutes * 60e9;
    await expect
      .poll(async () => {
        const { v, speed } = await clock();
        if (speed < 16) await act(page.request, base, { kind: "speed", times: 16 });
        return v;
      }, { timeout: 600_000, intervals: [250] })
      .toBeGreaterThan(to);
  };
  await until(40);
  // The cursor wanders over the strips while sixteen minutes a minute arrive.
  const strips = (await room.candidate.locator(".rm-strips-place, .rm-strips").first().boundingBox())!;
  const frames = room.candidate.evaluate(
    () =>
      new Promise<number[]>((done) => {
        const gaps: number[] = [];
        let last = performance.now();
        const end = last + 10_000;
        const tick = (now: number) => {
          gaps.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(tick);
          else done(gaps.slice(1));
        };
        requestAnimationFrame(tick);
      }),
  );
  for (let step = 0; step < 200; step += 1) {
    await room.candidate.mouse.move(strips.x + ((step * 37) % strips.width), strips.y + strips.height / 2);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  const gaps = await frames;
  table.push(["a frame, 40 minutes of figures, 16×, cursor moving", ms(quantile(gaps, 0.5)), ms(quantile(gaps, 0.99))]);

  // Eight hours in commands: a room is paused and resumed, looked into and lost a few times an hour; here all at once.
  await act(page.request, base, { kind: "pause" });
  const cdps = [await room.candidate.context().newCDPSession(room.candidate), await page.context().newCDPSession(page)];
  const pid = readFileSync(`${server.data}/server.pid`, "utf8").trim();
  const resident = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) * 1024;
  const turn = async () => {
    for (let n = 0; n < 100; n += 1) {
      await act(page.request, base, { kind: n % 2 === 0 ? "resume" : "pause" });
      await act(page.request, candidateBase(room), { kind: "look", panel: n % 2 === 0 ? "moves" : "decisions", decision: null, focus: null });
      if (n % 10 === 0) await page.request.get(`${base}/traces?limit=200`);
      if (n % 25 === 0) await page.request.get(`${base}/at?v=${600e9}&rows=0`);
    }
    for (const offline of [true, false]) await room.guest.setOffline(offline);
    await expect(room.candidate.getByText("Connected", { exact: true })).toBeVisible({ timeout: 60_000 });
  };
  await turn();
  const measure = async () => [await heap(cdps[0]!), await heap(cdps[1]!), await nodesOf(room.candidate), await nodesOf(page), resident()] as const;
  const before = await measure();
  for (let n = 0; n < 5; n += 1) await turn();
  const after = await measure();
  const grown = (at: number) => mib(after[at]! - before[at]!);
  table.push(["heap of the candidate’s page; after 1,000 more commands", mib(before[0]), `+${grown(0)}`]);
  table.push(["heap of the interviewer’s page; after 1,000 more commands", mib(before[1]), `+${grown(1)}`]);
  table.push(["elements of both pages; after 1,000 more commands", `${before[2]}, ${before[3]}`, `${after[2]}, ${after[3]}`]);
  table.push(["the server’s memory; after 1,000 more commands", mib(before[4]), `+${grown(4)}`]);
  await room.guest.close();
});
