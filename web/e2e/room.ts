// What journeys in a room have in common: its two sides, the virtual clock, and the log as the server has it.
import type { APIRequestContext, Browser, BrowserContext, Page } from "@playwright/test";
import { call } from "./people";
import { expect, type Server, signIn } from "./server";

export interface Room {
  panel: Page;
  candidate: Page;
  guest: BrowserContext;
  interview: string;
  take: string;
  /** The candidate's address. */
  url: string;
}

export const DESK = { width: 1440, height: 900 };

/** An interview over the scenario, held by whoever is signed in, and the candidate's link. */
export async function roomOf(
  request: APIRequestContext,
  url: string,
  scenario = "charged-not-settled",
): Promise<Pick<Room, "interview" | "take" | "url">> {
  const { id } = await call(request, "post", `${url}/api/interviews`, { scenario });
  const link = await call(request, "post", `${url}/api/interviews/${id}/links`, {});
  const { room } = await call(request, "get", `${url}/api/interviews/${id}`);
  return { interview: id, take: room.take, url: url + new URL(link.url).pathname };
}

/** Both sides with the room open before them. `way`: another address by which the candidate comes to the server. */
export async function bothSides(browser: Browser, page: Page, server: Server, way = server.url): Promise<Room> {
  await signIn(page.context(), server);
  const made = await roomOf(page.request, server.url);
  const guest = await browser.newContext({ viewport: DESK });
  const candidate = await guest.newPage();
  await candidate.goto(way + new URL(made.url).pathname);
  await page.goto(`${server.url}/interviews/${made.interview}/room`);
  await inside(page, candidate);
  return { panel: page, candidate, guest, ...made };
}

/** Both pages show the room. */
export async function inside(panel: Page, candidate: Page): Promise<void> {
  await expect(panel.getByRole("heading", { name: /sees$/ })).toBeVisible();
  await expect(candidate.getByRole("heading", { name: "System" })).toBeVisible();
}

/** The interviewer starts the interview and lets the room run; both see it. */
export async function run({ panel, candidate }: Room): Promise<void> {
  // A button that has the focus, such as that of a dialog that was closed, would take the key.
  await panel.getByRole("heading", { name: /sees$/ }).click();
  await panel.keyboard.press("Space");
  await expect(panel.getByRole("button", { name: /^Let it run/ })).toBeVisible();
  await panel.keyboard.press("Space");
  await expect(candidate.getByRole("button", { name: "Pause" })).toBeVisible();
}

/** The interviewer's keys to the fastest. */
export async function faster(panel: Page): Promise<void> {
  const speed = panel.getByLabel("Speed");
  // What comes in meanwhile brings it back to 1.
  await expect(async () => {
    const now = await speed.inputValue();
    if (now !== "16") await panel.keyboard.press("]");
    await expect(speed).toHaveValue("16", { timeout: 500 });
  }).toPass();
}

/** One command through the API, as a page sends it; answers what became of it. */
export async function act(
  request: APIRequestContext,
  base: string,
  body: { kind: string; [field: string]: unknown },
  words?: string,
): Promise<{ id: string; seq: number | null; v: number | null; rejected: string | null }> {
  const sent = { id: crypto.randomUUID(), seen_v: 0, body, ...(words === undefined ? {} : { words }) };
  const { results } = await call(request, "post", `${base}/commands`, { commands: [sent] });
  return results[0];
}

/** The candidate's side of the API, of the same link. */
export const candidateBase = (room: Pick<Room, "url">): string => room.url.replace("/c/", "/api/c/") + "/room";
