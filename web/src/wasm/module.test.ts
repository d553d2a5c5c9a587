// The module that was built, in Node: every function that pages may call is there and speaks JSON, and what goes wrong in it
// is said in a sentence. The browser's side of it is in e2e/wasm.spec.ts.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { answer } from "./answer";
import type { Answer, Args, Name } from "./calls";
import type { Module } from "./load";
import * as pkg from "./pkg/seatrial_wasm.js";

const module = pkg as Module;
const built = "initSync" in module;
const load = async () => {
  const bytes = readFileSync(new URL("pkg/seatrial_wasm_bg.wasm", `file://${import.meta.dirname}/`));
  await pkg.default({ module_or_path: bytes } as never);
  return module;
};

async function ask<N extends Name>(name: N, args: Args<N>): Promise<Answer<N>> {
  const reply = await answer({ name, args }, load);
  if (!reply.ok) throw new Error(reply.message);
  return reply.answer as Answer<N>;
}

describe.runIf(built)("the module", () => {
  it("has each function, with the arguments and the answer that calls.ts says", async () => {
    expect(await ask("version", null)).toMatch(/^\d+\.\d+\.\d+$/u);
    const checked = await ask("check_kit", { "kit.yaml": "schema: 1\ntitel: Typo\n" });
    expect(checked).toMatchObject({ usable: false, summary: expect.stringContaining("error") });
    expect(checked.diagnostics).toContainEqual(expect.objectContaining({ line: 2, column: 1, suggestion: "title" }));
  });

  it("refuses what it cannot read, and goes on", async () => {
    const reply = await answer({ name: "check_kit", args: 7 }, load);
    expect(reply).toMatchObject({ ok: false, refused: true, message: expect.stringContaining("cannot read its arguments") });
    expect(await answer({ name: "nothing", args: null }, load)).toMatchObject({ ok: false, refused: true });
    expect((await ask("check_kit", {})).usable).toBe(false);
  });
});

/** The one table that every build is held to. Runs with commands are not for the practice page, which gives none. */
describe.runIf(built)("a run in the module", () => {
  const root = `file://${import.meta.dirname}/../../../`;
  const text = (path: string) => readFileSync(new URL(path, root), "utf8");
  const table = text("crates/scenario/tests/digests.txt");
  const until = 1000 * Number(/from 0 to (\d+) s/u.exec(table)?.[1]);
  const rows = table.split("\n").filter((line) => line && !line.startsWith("#") && !line.includes("@"));
  it.each(rows)("has the digest that it has natively: %s", async (row) => {
    const [scenario = "", design = "", seed = "", digest] = row.split(" ");
    const shipped = (await ask("scenarios", null)).some(({ id }) => id === scenario);
    const book = shipped ? { scenario } : { files: { "it.yaml": text(`validation/${scenario}.yaml`) }, entry: "it.yaml" };
    const choices = design === "found" ? {} : await ask("reference", { ...book, design });
    await ask("begin", { ...book, choices, seed });
    // In slices, as the page does it.
    for (let now = 0; now < until; ) ({ now } = await ask("advance", Math.min(until, now + 1_000_000)));
    expect((await ask("outcome", null)).digest).toBe(digest);
  });
});

describe.runIf(!built)("the module that was not built", () => {
  it("says so", async () => {
    const reply = await answer({ name: "version", args: null }, load);
    expect(reply).toMatchObject({ ok: false, absent: true, message: expect.stringContaining("wasm32-unknown-unknown") });
  });
});

it("tells a panic and a trap from a refusal", async () => {
  const throws = (error: unknown) => async () => ({
    f() {
      throw error;
    },
  });
  const panic = Object.assign(new Error("a mistake in Seatrial at x.rs:1: no"), { name: "Panic" });
  const question = { name: "f", args: null };
  expect(await answer(question, throws(panic))).toMatchObject({ refused: false, message: "f stopped: a mistake in Seatrial at x.rs:1: no" });
  const trap = new WebAssembly.RuntimeError("unreachable");
  expect(await answer(question, throws(trap))).toMatchObject({ refused: false, message: expect.stringContaining("out of memory") });
  expect(await answer(question, throws(new Error("no such area")))).toMatchObject({ refused: true, message: "no such area" });
  expect(await answer(question, async () => Promise.reject(new Error("404")))).toMatchObject({ refused: false, absent: false });
});
