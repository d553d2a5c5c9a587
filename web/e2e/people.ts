// What journeys have in common: people, their browsers, and a look at accessibility.
import { AxeBuilder } from "@axe-core/playwright";
import type { APIRequestContext, Browser, BrowserContext, Page } from "@playwright/test";
import { expect } from "./server";

export const PASSWORD = "three words and more";
const GUARD = { "x-seatrial": "1" };

/** Signs in by the API, making the first account when there is none; returns the request context's person. */
export async function firstPerson(request: APIRequestContext): Promise<void> {
  const me = await (await request.get("/api/me")).json();
  const account = { name: "Ada Example", email: "ada@example.com", password: PASSWORD };
  const path = me.setup_needed ? "/api/setup" : "/api/session";
  const answer = await request.post(path, { headers: GUARD, data: account });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** A second person with a browser of their own, by invitation. */
export async function invited(
  browser: Browser,
  request: APIRequestContext,
  role: string,
  name: string,
): Promise<BrowserContext> {
  const made = await call(request, "post", "/api/invitations", { role, note: name });
  const context = await browser.newContext();
  const email = `${name.replace(/\W/g, "").toLowerCase()}-${Date.now()}@example.com`;
  const token = String(made.url).split("/").pop();
  const base = new URL(String(made.url)).origin;
  const joined = await context.request.post(`${base}/api/join/${token}`, {
    headers: GUARD,
    data: { name, email, password: PASSWORD },
  });
  expect(joined.ok(), await joined.text()).toBe(true);
  return context;
}

/** A call that must succeed. */
export async function call(
  request: APIRequestContext,
  method: "get" | "post" | "put" | "patch" | "delete",
  path: string,
  data?: unknown,
): Promise<Record<string, any>> {
  const answer = await request[method](path, { headers: GUARD, data });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** The page has no fault that axe can find, by WCAG 2.2 AA. */
export async function accessible(page: Page, what: string): Promise<void> {
  const result = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  const faults = result.violations.map((v) => `${v.id}: ${v.help} — ${v.nodes.map((n) => n.target.join(" ")).join("; ")}`);
  expect(faults, what).toEqual([]);
}

/** Nothing sticks out at the side. */
export async function fits(page: Page, what: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${what} is wider than the screen`).toBeLessThanOrEqual(0);
}

/** What a page says in its console is an error of ours; failing to reach the server is not, where a test cuts the line. */
export function errorsOf(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/.test(message.text())) {
      errors.push(message.text());
    }
  });
  return errors;
}
