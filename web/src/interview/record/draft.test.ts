import "fake-indexeddb/auto";
import { beforeEach, expect, test } from "vitest";
import { openStore, type Draft, type Store } from "../outbox/db";
import type { Wire, Word } from "../outbox/outbox";
import { DraftBox } from "./draft";

const KEY = "anna:interview-1";
let store: Store;
let run = 0;
let hearers: ((word: Word) => void)[];

beforeEach(async () => {
  run += 1;
  hearers = [];
  store = await openStore(`draft-${run}`);
});

function wire(): Wire {
  let mine: ((word: Word) => void) | null = null;
  return {
    post: (word) => {
      for (const hear of hearers) if (hear !== mine) hear(word);
    },
    listen: (hear) => {
      mine = hear;
      hearers.push(hear);
      return () => {
        hearers = hearers.filter((one) => one !== hear);
      };
    },
  };
}

const box = () => new DraftBox(KEY, store, wire());

test("the moment is the first keystroke's, until the note is emptied", () => {
  const draft = box();
  draft.write("I", 10_000);
  draft.write("I would", 15_000);
  expect(draft.snapshot().at_ms).toBe(10_000);
  draft.write("", 16_000);
  draft.write("Then", 20_000);
  expect(draft.snapshot().at_ms).toBe(20_000);
});

test("a reload brings the half-written note back with its moment, kind and signal", async () => {
  const draft = box();
  draft.write("“I’d page on anything pend", 10_000);
  draft.setKind("did");
  draft.attach({ area: "consistency", signal: "stuck-alert" });
  await draft.settled();
  draft.close();

  const again = box();
  await again.open();
  expect(again.snapshot()).toEqual({
    key: KEY,
    text: "“I’d page on anything pend",
    note: "did",
    at_ms: 10_000,
    signal: { area: "consistency", signal: "stuck-alert" },
  });
});

test("keeping a note forgets the draft only after it was kept", async () => {
  const draft = box();
  draft.write(" done ", 5_000);
  const kept: Draft[] = [];
  let storedWhileKeeping: Draft | null = null;
  expect(
    draft.take(9_000, async (note) => {
      storedWhileKeeping = await store.draft(KEY);
      kept.push(note);
    }),
  ).toBe(true);
  expect(draft.snapshot().text).toBe("");
  await draft.settled();
  expect(kept).toMatchObject([{ text: "done", at_ms: 5_000, note: "said" }]);
  expect(storedWhileKeeping).not.toBeNull();
  expect(await store.draft(KEY)).toBeNull();
});

test("there is nothing to keep in blanks", () => {
  const draft = box();
  draft.write("  \n ", 1);
  expect(draft.take(2, async () => undefined)).toBe(false);
});

test("what is typed while the last note is being kept is kept too", async () => {
  const draft = box();
  draft.write("one", 1_000);
  draft.take(2_000, async () => draft.write("two", 3_000));
  await draft.settled();
  expect(await store.draft(KEY)).toMatchObject({ text: "two", at_ms: 3_000 });
});

test("another tab of the same person shows the same draft, unless it is being typed in", async () => {
  const [one, two] = [box(), box()];
  one.write("from the first tab", 1_000);
  await one.settled();
  await expect.poll(() => two.snapshot().text).toBe("from the first tab");

  two.writing_here = true;
  one.write("from the first tab, longer", 1_000);
  await one.settled();
  await two.settled();
  expect(two.snapshot().text).toBe("from the first tab");
});
