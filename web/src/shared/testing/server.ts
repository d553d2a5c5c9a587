// A stand-in for the server in unit tests: answers by method and path, and remembers what was asked.
import { vi } from "vitest";
import type { Me } from "../../api/types";
import { aKit } from "./kit";

export interface Asked {
  method: string;
  path: string;
  headers: Headers;
  body: unknown;
}

type Answer = unknown | ((asked: Asked) => Response | Promise<Response>);

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": status < 400 ? "application/json" : "application/problem+json" },
  });
}

export function aMe(changes: Partial<Me> = {}): Me {
  return {
    person: { id: "p1", name: "Ines Okafor", email: "ines@example.org", role: "admin", initials: "IO", disabled: false, demo: false },
    setup_needed: false,
    setup_token_needed: false,
    demo: false,
    kit: { id: "small", title: "A small kit", version: "1.0", hash: "0123456789ab" },
    version: "0.0.0",
    public_url: null,
    reachable: false,
    ...changes,
  };
}

/** Replaces `fetch` until the test ends (vitest restores stubs between tests). */
export function serve(answers: Record<string, Answer>): Asked[] {
  const log: Asked[] = [];
  const all: Record<string, Answer> = { "GET /api/me": aMe(), "GET /api/kit": aKit(), ...answers };
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input instanceof Request ? input : new URL(String(input), location.origin), init);
    const text = await request.clone().text();
    const asked: Asked = {
      method: request.method,
      path: new URL(request.url).pathname,
      headers: request.headers,
      body: text ? (JSON.parse(text) as unknown) : undefined,
    };
    log.push(asked);
    const answer = all[`${asked.method} ${asked.path}`];
    if (answer === undefined) return json({ title: "Not found", status: 404, detail: asked.path }, 404);
    if (typeof answer === "function") return (answer as (asked: Asked) => Response)(asked);
    return json(answer);
  });
  return log;
}
