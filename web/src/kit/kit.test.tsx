import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { aKit, anArea, aPlan } from "../shared/testing/kit";
import { showApp } from "../shared/testing/show";
import { serve } from "../shared/testing/server";

afterEach(() => vi.unstubAllGlobals());

/** Every text below a value of the kit that is for people: not ids, not references by id. */
function texts(value: unknown, key = ""): string[] {
  if (["id", "fits", "signals_ids", "prompts_ids", "question_id", "split_by", "scenarios", "format", "area", "depth"].includes(key)) return [];
  if (typeof value === "string") return value.includes(" ") ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => texts(item));
  if (value && typeof value === "object") return Object.entries(value).flatMap(([name, item]) => texts(item, name));
  return [];
}

const flat = (text: string) => text.replace(/\s+/gu, " ").trim();

describe("the kit on screen", () => {
  it("shows every text of an area that an interviewer needs", async () => {
    serve({});
    const { container } = showApp("/kit/ebb");
    await screen.findByRole("heading", { level: 1, name: "Title of ebb" });
    const shown = flat(container.textContent ?? "");
    const { line: _line, short: _short, hook: _hook, ...area } = anArea("ebb", 1);
    const elsewhere = ["Advantage of ebb", "Sig of ebb", "Other of ebb", "Aim of ebb", "Late aim of ebb"];
    const missing = texts(area)
      .flatMap((text) => text.split("\n\n"))
      .filter((text) => !elsewhere.includes(text) && !shown.includes(flat(text)));
    expect(missing).toEqual([]);
  });

  it("shows every text of a plan, and all but the brief as the panel's own", async () => {
    serve({});
    const { container } = showApp("/kit/scenarios/half-done");
    await screen.findByRole("heading", { level: 1, name: "Half done" });
    const shown = flat(container.textContent ?? "");
    // Short forms are for narrow screens; a moment is said with its question.
    const missing = texts(aPlan()).filter((text) => text !== "Plan sig" && !shown.includes(flat(text)));
    expect(missing).toEqual([]);
    const open = [...container.querySelectorAll(".kit-section")].filter((section) => !section.querySelector(".panel-only"));
    expect(open.map((section) => section.id)).toEqual(["brief"]);
    expect(screen.getByRole("link", { name: /^PDF/ }).getAttribute("href")).toBe("/api/kit/export?to=pdf&plan=half-done");
  });

  it("compares the areas with all their planning facts", async () => {
    serve({});
    const { container } = showApp("/kit/compare");
    await screen.findByRole("heading", { level: 1 });
    for (const area of aKit().areas)
      for (const fact of texts(area.facts)) expect(container.textContent).toContain(fact);
  });

  it("shows the bar of the seniority in the address, and changes it", async () => {
    serve({});
    const app = showApp("/kit/packs/role?seniority=staff");
    await screen.findByText("Staff reason at ebb");
    await userEvent.click(screen.getByRole("radio", { name: "Senior" }));
    await screen.findByText("Reason at ebb");
    expect(screen.getByText("no bar")).toBeTruthy();
    expect(app.path()).toBe("/kit/packs/role?seniority=senior");
  });

  it("keeps what can be found in a material apart, as the panel's own", async () => {
    serve({});
    const { container } = showApp("/kit/exercises/page");
    await screen.findByText("Found it");
    expect(screen.getByText("rarely seen")).toBeTruthy();
    expect(container.querySelectorAll(".panel-only").length).toBe(3);
  });

  it("offers each page as a file of its own part", async () => {
    serve({});
    showApp("/kit/packs/role?seniority=staff");
    const link = await screen.findByRole("link", { name: /^PDF/ });
    expect(link.getAttribute("href")).toBe("/api/kit/export?to=pdf&pack=role&seniority=staff");
  });

  it("turns pages by key, and finds any of them by a few letters", async () => {
    serve({});
    const app = showApp("/kit/ebb");
    await screen.findByRole("heading", { level: 1, name: "Title of ebb" });
    await userEvent.keyboard("2");
    await screen.findByRole("heading", { level: 1, name: "Title of flow" });
    await userEvent.keyboard("/");
    await userEvent.type(await screen.findByRole("combobox"), "compar{Enter}");
    await waitFor(() => expect(app.path()).toBe("/kit/compare"));
  });
});
