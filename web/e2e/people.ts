// What journeys of several people have in common: invitations, and calls that must succeed.
import type { APIRequestContext, Browser, BrowserContext } from "@playwright/test";
import { admin, expect } from "./server";

const GUARD = { "x-seatrial": "1" };

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
    data: { name, email, password: admin.password },
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
