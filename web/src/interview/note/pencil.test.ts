import { beforeEach, expect, test } from "vitest";
import { noAnswer } from "../../api/problem";
import { PencilBox, type Pencilled } from "./pencil";

beforeEach(() => localStorage.clear());

test("a choice is shown at once and waits until the server has it", async () => {
  const sent: [string, Pencilled][] = [];
  let release = () => {};
  const box = new PencilBox("anna", "i", { testing: "weak" }, async (area, level) => {
    sent.push([area, level]);
    await new Promise<void>((resolve) => (release = resolve));
  });
  box.set("consistency", "good");
  expect(box.view()).toMatchObject({ levels: { testing: "weak", consistency: "good" }, waiting: ["consistency"] });
  release();
  await expect.poll(() => box.view().waiting).toEqual([]);
  expect(sent).toEqual([["consistency", "good"]]);
});

test("a choice made without a network outlives the page and is sent later, for the same person only", async () => {
  new PencilBox("anna", "i", {}, () => Promise.reject(noAnswer(null))).set("consistency", "excellent");
  await Promise.resolve();
  const sent: [string, Pencilled][] = [];
  const again = new PencilBox("anna", "i", { consistency: "weak" }, async (area, level) => void sent.push([area, level]));
  expect(again.view().levels["consistency"]).toBe("excellent");
  await again.flush();
  expect(sent).toEqual([["consistency", "excellent"]]);
  expect(new PencilBox("ben", "i", {}, async () => undefined).view().levels).toEqual({});
});

test("of two quick choices the last one stands", async () => {
  const sent: Pencilled[] = [];
  const box = new PencilBox("anna", "i", {}, async (_, level) => void sent.push(level));
  box.set("consistency", "weak");
  box.set("consistency", null);
  await expect.poll(() => box.view().waiting).toEqual([]);
  expect(sent.at(-1)).toBeNull();
  expect(box.view().levels["consistency"]).toBeNull();
});
