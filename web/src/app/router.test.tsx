import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { safeNext } from "../account/routes";
import { showApp } from "../shared/testing/show";
import { aMe, json, serve } from "../shared/testing/server";

afterEach(() => vi.unstubAllGlobals());

const nobody = { "GET /api/me": aMe({ person: null }) };
const problem = (status: number, title: string) => () => json({ title, status }, status);

describe("who may go where", () => {
  it("the first start leads to the first account, from any address", async () => {
    serve({ "GET /api/me": aMe({ person: null, setup_needed: true }) });
    const app = showApp("/kit/ebb");
    await screen.findByRole("heading", { name: "Make the first account." });
    expect(app.path()).toBe("/setup");
  });

  it("a server that others can reach asks for the token it printed, and takes it from the address", async () => {
    const log = serve({
      "GET /api/me": aMe({ person: null, setup_needed: true, setup_token_needed: true }),
      "POST /api/setup": aMe(),
    });
    const app = showApp("/setup?token=abc123");
    expect(((await screen.findByLabelText("Token")) as HTMLInputElement).value).toBe("abc123");
    await userEvent.type(screen.getByLabelText("Your name"), "ليلى حداد");
    await userEvent.type(screen.getByLabelText("Email"), "layla@example.org");
    await userEvent.type(screen.getByLabelText("Password"), "three plain words");
    await userEvent.click(screen.getByRole("button", { name: "Make it and begin" }));
    await waitFor(() => expect(app.path()).toBe("/"));
    expect(log.find((asked) => asked.method === "POST")?.body).toEqual({
      name: "ليلى حداد",
      email: "layla@example.org",
      password: "three plain words",
      token: "abc123",
    });
  });

  it("nobody signed in leads to the sign-in, and back to the address afterwards", async () => {
    const log = serve({ ...nobody, "POST /api/session": aMe() });
    const app = showApp("/kit/ebb?x=1");
    await screen.findByRole("heading", { name: "Sign in" });
    await userEvent.type(screen.getByLabelText("Email"), " ines@example.org ");
    await userEvent.type(screen.getByLabelText("Password"), "a long sentence");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    await screen.findByRole("heading", { level: 1, name: "Title of ebb" });
    expect(app.path()).toBe("/kit/ebb?x=1");
    expect(log.find((asked) => asked.method === "POST")?.body).toEqual({
      email: "ines@example.org",
      password: "a long sentence",
    });
  });

  it("a refused sign-in stays, says why, and keeps what was typed", async () => {
    serve({ ...nobody, "POST /api/session": problem(401, "Email or password is wrong") });
    const app = showApp("/sign-in");
    await userEvent.type(await screen.findByLabelText("Email"), "ines@example.org");
    await userEvent.type(screen.getByLabelText("Password"), "wrong");
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Email or password is wrong");
    expect((screen.getByLabelText("Email") as HTMLInputElement).value).toBe("ines@example.org");
    expect(app.path()).toBe("/sign-in");
  });

  it("a session that ends in the middle leads to the sign-in and says so", async () => {
    serve({ "GET /api/start": problem(401, "You are not signed in") });
    const app = showApp("/");
    await waitFor(() => expect(app.path()).toContain("/sign-in?next=%2F&ended=1"));
  });

  it("a stranger's address asks for nothing that only people may read", async () => {
    const log = serve(nobody);
    showApp("/kit/ebb");
    await screen.findByRole("heading", { name: "Sign in" });
    expect([...new Set(log.map((asked) => asked.path))]).toEqual(["/api/me"]);
  });

  it("a server that was silent is asked again when it answers, without a press", async () => {
    let up = false;
    const answers = (body: unknown) => () => (up ? json(body) : new Response("", { status: 502 }));
    serve({ "GET /api/me": answers(aMe()), "GET /api/health": answers({ done: true }) });
    showApp("/kit/ebb");
    await screen.findByRole("heading", { name: "This page could not be shown." });
    up = true;
    await screen.findByRole("heading", { level: 1, name: "Title of ebb" });
  });

  it("a dead invitation is a plain page, not an error", async () => {
    serve(nobody);
    showApp("/join/used");
    await screen.findByRole("heading", { name: "This invitation no longer opens." });
  });

  it("an unknown address, area, pack or exercise says that nothing is there", async () => {
    serve({});
    for (const address of ["/nowhere", "/kit/nowhere", "/kit/packs/nobody", "/kit/exercises/none"]) {
      const app = showApp(address);
      await screen.findByRole("heading", { name: "Nothing is kept at this address." });
      app.unmount();
    }
  });

  it.each([
    ["/kit/ebb#rubric", "/kit/ebb#rubric"],
    ["//evil.example", "/"],
    ["https://evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/sign-in?next=/sign-in", "/"],
    [null, "/"],
  ])("after the sign-in, %s leads to %s", (next, to) => {
    expect(safeNext(next)).toBe(to);
  });
});
