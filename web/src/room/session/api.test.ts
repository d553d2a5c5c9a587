import { afterEach, expect, test, vi } from "vitest";
import { RoomApi } from "./api";

afterEach(() => vi.unstubAllGlobals());

const answers = (status: number, body: object) => vi.stubGlobal("fetch", async () => new Response(JSON.stringify(body), { status }));

test("the pad as it stands, whether ours was taken or somebody else was first", async () => {
  const api = new RoomApi("/api/takes/t");
  answers(200, { rev: 3, text: "ours" });
  expect(await api.writePad(2, "ours")).toEqual({ taken: true, pad: { rev: 3, text: "ours" } });
  answers(409, { title: "Not in this state", status: 409, detail: "Somebody else wrote meanwhile.", current: { rev: 3, text: "theirs" } });
  expect(await api.writePad(2, "ours")).toEqual({ taken: false, pad: { rev: 3, text: "theirs" } });
});

test("any other refusal is a failure, in the server's words", async () => {
  answers(422, { title: "Too long", detail: "The pad holds at most 50000 letters." });
  await expect(new RoomApi("/api/takes/t").writePad(2, "ours")).rejects.toThrow("Too long. The pad holds at most 50000 letters.");
});
