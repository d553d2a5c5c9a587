import { beforeEach, expect, test } from "vitest";
import type { Pad } from "../session/api";
import { PadKeeper } from "./padKeeper";

let server: Pad;
let reachable: boolean;
let timers: (() => void)[];
let pad: PadKeeper;
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const due = async () => {
  for (const run of timers.splice(0)) run();
  await settled();
};

beforeEach(() => {
  server = { rev: 4, text: "one\ntwo" };
  reachable = true;
  timers = [];
  pad = new PadKeeper({
    read: async () => {
      if (!reachable) throw new Error("no");
      return server;
    },
    write: async (base_rev, text) => {
      if (!reachable) throw new Error("no");
      if (base_rev !== server.rev) return { taken: false, pad: server };
      server = { rev: server.rev + 1, text };
      return { taken: true, pad: server };
    },
    later: (run) => {
      timers = [run];
      return () => (timers = timers.filter((one) => one !== run));
    },
  });
});

test("what is there is read once, and what is written is kept after a pause", async () => {
  await pad.heard(4);
  expect(pad.view()).toMatchObject({ text: "one\ntwo", state: "kept" });
  pad.write("one\ntwo\nthree");
  expect(server.text).toBe("one\ntwo");
  await due();
  expect(server).toEqual({ rev: 5, text: "one\ntwo\nthree" });
  expect(pad.view().state).toBe("kept");
});

test("two who write at once keep both", async () => {
  await pad.heard(4);
  pad.write("ONE\ntwo");
  server = { rev: 5, text: "one\nTWO" };
  await due();
  expect(server).toEqual({ rev: 6, text: "ONE\nTWO" });
  expect(pad.view()).toMatchObject({ text: "ONE\nTWO", state: "kept" });
});

test("news while one writes goes under one's own words", async () => {
  await pad.heard(4);
  pad.write("one\ntwo\nmine");
  server = { rev: 5, text: "zero\none\ntwo" };
  await pad.heard(5);
  expect(pad.view().text).toBe("zero\none\ntwo\nmine");
  await due();
  expect(server.text).toBe("zero\none\ntwo\nmine");
});

test("a lost network loses no word", async () => {
  await pad.heard(4);
  reachable = false;
  pad.write("one\ntwo\nmine");
  await due();
  expect(pad.view()).toMatchObject({ state: "unreachable", text: "one\ntwo\nmine" });
  reachable = true;
  await due();
  expect(server.text).toBe("one\ntwo\nmine");
});

test("what is written before the first answer is laid over what was there", async () => {
  pad.write("mine");
  await due();
  expect(server.text).toBe("one\ntwo\nmine");
});

test("news that comes while one's own words are on their way is not forgotten", async () => {
  let answer: () => void = () => {};
  const read = async () => server;
  const slow = new PadKeeper({
    read,
    write: async (_, text) => {
      const taken = (server = { rev: server.rev + 1, text });
      await new Promise<void>((go) => (answer = go));
      return { taken: true, pad: taken };
    },
    later: (run) => (run(), () => {}),
  });
  await slow.heard(4);
  slow.write("zero\none\ntwo");
  await settled();
  // Somebody else writes on top of it, and that is told before our own answer comes.
  server = { rev: 6, text: `${server.text}\nthree` };
  await slow.heard(6);
  answer();
  await settled();
  expect(slow.view()).toMatchObject({ text: "zero\none\ntwo\nthree", state: "kept" });
});

test("nothing comes under letters that are still being put together, and nothing is lost by that", async () => {
  await pad.heard(4);
  pad.compose(true);
  pad.write("one\ntwo\nに");
  server = { rev: 5, text: "zero\none\ntwo" };
  await pad.heard(5);
  await due();
  expect(pad.view().text).toBe("one\ntwo\nに");
  expect(server.rev).toBe(5);
  pad.write("one\ntwo\n日");
  pad.compose(false);
  await due();
  expect(server).toEqual({ rev: 6, text: "zero\none\ntwo\n日" });
  expect(pad.view()).toMatchObject({ text: "zero\none\ntwo\n日", state: "kept" });
});

test("what others wrote meanwhile comes when nothing came of the letters", async () => {
  await pad.heard(4);
  pad.compose(true);
  server = { rev: 5, text: "zero\none\ntwo" };
  await pad.heard(5);
  expect(pad.view().text).toBe("one\ntwo");
  pad.compose(false);
  await settled();
  expect(pad.view().text).toBe("zero\none\ntwo");
});

test("what could not be kept is tried again after letters were put together as well", async () => {
  await pad.heard(4);
  reachable = false;
  pad.write("one\ntwo\nmine");
  await due();
  expect(pad.view().state).toBe("unreachable");
  pad.compose(true);
  await due();
  reachable = true;
  pad.compose(false);
  await due();
  expect(server.text).toBe("one\ntwo\nmine");
});
