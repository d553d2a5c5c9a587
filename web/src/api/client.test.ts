import { afterEach, describe, expect, it, vi } from "vitest";
import { connection, reached } from "../shared/connection";
import { aMe, json, serve } from "../shared/testing/server";
import { answer, api } from "./client";
import { ApiError, asProblem } from "./problem";

afterEach(() => {
  vi.unstubAllGlobals();
  reached();
});

const failure = async (call: Promise<unknown>): Promise<ApiError> => {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("the call should have failed");
};

describe("calls to the server", () => {
  it("carry the header that proves they come from our pages, and the body as JSON", async () => {
    const log = serve({ "POST /api/session": aMe() });
    await answer(api.POST("/api/session", { body: { email: "a@b", password: "c" } }));
    expect(log[0]?.headers.get("x-seatrial")).toBe("1");
    expect(log[0]?.body).toEqual({ email: "a@b", password: "c" });
  });

  it("turn a problem into an error that keeps every word of it", async () => {
    const problem = { type: "about:blank", title: "Taken", status: 409, detail: "An account exists.", fix: "Sign in.", missing: [1] };
    serve({ "POST /api/setup": () => json(problem, 409) });
    const error = await failure(answer(api.POST("/api/setup", { body: { name: "", email: "", password: "" } })));
    expect(error.problem).toEqual(problem);
  });

  it("make do with a status when the answer explains nothing", async () => {
    serve({ "GET /api/me": () => new Response("<html>oops", { status: 500, headers: { "content-type": "text/html" } }) });
    const error = await failure(answer(api.GET("/api/me")));
    expect(error.status).toBe(500);
    expect(error.problem.detail).toContain("500");
    expect(error.problem.fix).toBeTruthy();
  });

  it("say that nothing answered, note the lost connection, and note its return", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")));
    const error = await failure(answer(api.GET("/api/me")));
    expect(error.status).toBe(0);
    expect(connection.get().online).toBe(false);
    serve({});
    await answer(api.GET("/api/me"));
    expect(connection.get()).toEqual({ online: true, lost_at: null });
  });

  it("answer nothing for 204", async () => {
    serve({ "DELETE /api/session": () => new Response(null, { status: 204 }) });
    expect(await answer(api.DELETE("/api/session"))).toBeUndefined();
  });
});

describe("any thrown thing", () => {
  it("becomes a problem that can be shown", () => {
    expect(asProblem(new Error("boom")).detail).toBe("boom");
    expect(asProblem("boom").detail).toBe("boom");
    expect(asProblem("boom").fix).toBeTruthy();
  });
});
