import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Start } from "../api/types";
import { showApp } from "../shared/testing/show";
import { aMe, json, serve } from "../shared/testing/server";

afterEach(() => vi.unstubAllGlobals());

const nothing: Start = {
  empty: false,
  last_area: null,
  last_asked: {},
  openings: [],
  waiting: [],
  recent: [],
  records: 0,
  running: ["half-done"],
};

const hostile = `<img src=x onerror="alert(1)">`;

describe("the start page", () => {
  it("starts an interview in two clicks: the first shows what will be asked", async () => {
    const log = serve({ "GET /api/start": nothing, "POST /api/interviews": { id: "i1" } });
    const app = showApp("/");
    await userEvent.click(await screen.findByRole("radio", { name: /Title of flow/ }));
    const chosen = screen.getByRole("region", { name: "Chosen" });
    expect(within(chosen).getByText("Prompt of flow")).toBeTruthy();
    expect(within(chosen).getByText("Open of flow")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: /Start interview/ }));
    await waitFor(() => expect(app.path()).toBe("/interviews/i1"));
    expect(log.find((asked) => asked.path === "/api/interviews")?.body).toEqual({ area: "flow" });
  });

  it("opens a room in two clicks: the first tells the story, and what is armed when", async () => {
    const log = serve({ "GET /api/start": nothing, "POST /api/interviews": { id: "i3" } });
    const app = showApp("/");
    await userEvent.click(await screen.findByRole("radio", { name: /Half done/ }));
    const chosen = screen.getByRole("region", { name: "Chosen" });
    expect(within(chosen).getByText("Story of half done")).toBeTruthy();
    expect(within(chosen).getByText(/Phase strike/).textContent).toContain("It fails now");
    await userEvent.click(screen.getByRole("button", { name: /Open the room/ }));
    await waitFor(() => expect(app.path()).toBe("/interviews/i3/room"));
    expect(log.find((asked) => asked.path === "/api/interviews")?.body).toEqual({ scenario: "half-done" });
  });

  it("holds a scenario as one of its variations, and says what is different", async () => {
    const variations = [{ name: "second_town", says: "Fewer people, a slower provider" }];
    const log = serve({
      "GET /api/start": nothing,
      "GET /api/scenarios/half-done/variations": variations,
      "POST /api/interviews": { id: "i5" },
    });
    const app = showApp("/");
    await userEvent.click(await screen.findByRole("radio", { name: /Half done/ }));
    await userEvent.selectOptions(await screen.findByLabelText("Held as"), "second town");
    expect(screen.getByText("Fewer people, a slower provider")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: /Open the room/ }));
    await waitFor(() => expect(app.path()).toBe("/interviews/i5/room"));
    expect(log.find((asked) => asked.path === "/api/interviews")?.body).toEqual({ scenario: "half-done", variation: "second_town" });
  });

  it("talks a scenario through where it is wanted, and where nothing runs", async () => {
    const log = serve({ "GET /api/start": { ...nothing, running: [] }, "POST /api/interviews": { id: "i4" } });
    const app = showApp("/");
    await screen.findByRole("radio", { name: /Half done/ });
    await userEvent.keyboard("s{Enter}");
    await waitFor(() => expect(app.path()).toBe("/interviews/i4"));
    expect(screen.queryByRole("button", { name: /Open the room/ })).toBeNull();
    expect(log.find((asked) => asked.path === "/api/interviews")?.body).toEqual({ scenario: "half-done", talk_only: true });
  });

  it("does the same with two keys, and remembers the last choice", async () => {
    const log = serve({ "GET /api/start": { ...nothing, last_area: "flow" }, "POST /api/interviews": { id: "i2" } });
    const app = showApp("/");
    expect(((await screen.findByRole("radio", { name: /Title of flow/ })) as HTMLInputElement).checked).toBe(true);
    await userEvent.keyboard("1{Enter}");
    await waitFor(() => expect(app.path()).toBe("/interviews/i2"));
    expect(log.find((asked) => asked.path === "/api/interviews")?.body).toEqual({ area: "ebb" });
  });

  it("starts a shorter one, or a session of a role's loop", async () => {
    const log = serve({ "GET /api/start": nothing, "POST /api/interviews": () => json({ title: "Busy", status: 500 }, 500) });
    showApp("/");
    await userEvent.click(await screen.findByRole("radio", { name: "10 to try it" }));
    await userEvent.click(screen.getByRole("button", { name: /Start interview/ }));
    await screen.findByRole("alert");
    await userEvent.click(screen.getByRole("radio", { name: /A session of a role/ }));
    await userEvent.click(screen.getByRole("button", { name: /Start interview/ }));
    await waitFor(() =>
      expect(log.filter((asked) => asked.path === "/api/interviews").map((asked) => asked.body)).toEqual([
        { area: "ebb", minutes: 10 },
        { pack: "role", session: "both" },
      ]),
    );
  });

  it("offers first steps while nothing is there, and the sample leads to its debrief", async () => {
    serve({ "GET /api/start": { ...nothing, empty: true }, "POST /api/demo": { loop_id: "l1" } });
    const app = showApp("/");
    await screen.findByRole("heading", { name: "Nothing here yet." });
    await userEvent.click(screen.getByRole("button", { name: "Open the sample" }));
    await waitFor(() => expect(app.path()).toBe("/loops/l1/debrief"));
  });

  it("offers an interviewer only what an interviewer may do", async () => {
    const me = aMe();
    serve({ "GET /api/me": { ...me, person: { ...me.person, role: "interviewer" } }, "GET /api/start": { ...nothing, empty: true } });
    showApp("/");
    await screen.findByRole("heading", { name: "Nothing here yet." });
    expect(screen.queryByText("New opening")).toBeNull();
    expect(screen.queryByText("Open the sample")).toBeNull();
    expect(screen.getByRole("button", { name: "Try ten minutes" })).toBeTruthy();
  });

  it("shows hostile and right-to-left text as text", async () => {
    const start: Start = {
      ...nothing,
      openings: [
        {
          id: "o1",
          title: hostile,
          team: hostile,
          pack_title: "A role",
          seniority_title: "Staff",
          closed_at: null,
          bar_written_at: null,
          loops: [
            {
              id: "l1",
              code: "K-04",
              name: "كريم بن صالح",
              opening_id: "o1",
              heard: [{ area: "ebb", heard: true }],
              interviews: 2,
              interviews_done: 1,
              next: { kind: "debrief", at: null, interview_id: null },
            },
          ],
        },
      ],
      waiting: [{ kind: "debrief", loop_id: "l1", interview_id: null, opening_id: null, title: hostile, detail: hostile, due_at: null }],
    };
    serve({ "GET /api/start": start });
    const { container } = showApp("/");
    await screen.findByText("كريم بن صالح");
    expect(screen.getByText("كريم بن صالح").getAttribute("dir")).toBe("auto");
    expect(container.querySelector("img")).toBeNull();
    expect(screen.getAllByText(hostile, { exact: false }).length).toBeGreaterThan(1);
  });

  it("says what failed and tries again", async () => {
    let broken = true;
    serve({ "GET /api/start": () => (broken ? json({ title: "The file is locked", status: 500, fix: "Wait." }, 500) : json(nothing)) });
    showApp("/");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("The file is locked");
    broken = false;
    await userEvent.click(within(alert).getByRole("button", { name: "Try again" }));
    await screen.findByRole("heading", { name: "Hold an interview" });
  });
});
