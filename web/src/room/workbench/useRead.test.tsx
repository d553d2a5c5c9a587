// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useRead } from "./useRead";

/** Answers come when the test says so. */
function slow() {
  const asked: { what: string; answer: (text: string) => Promise<void>; fail: () => Promise<void> }[] = [];
  const ask = (what: string) => () =>
    new Promise<string>((resolve, reject) => {
      asked.push({
        what,
        answer: (text) => act(async () => resolve(text)),
        fail: () => act(async () => reject(new Error("no way there"))),
      });
    });
  return { asked, ask };
}

test("of two questions the newer is answered, whichever answer comes first", async () => {
  const { asked, ask } = slow();
  const { result } = renderHook(() => useRead<string>());
  act(() => result.current.read(ask("one")));
  act(() => result.current.read(ask("two")));
  await asked[0]?.answer("first");
  expect(result.current).toMatchObject({ data: null, busy: true });
  await asked[1]?.answer("second");
  expect(result.current).toMatchObject({ data: "second", busy: false });
});

test("a question asked again faster than it is answered is answered all the same, and then only its newest moment", async () => {
  const { asked, ask } = slow();
  const { result } = renderHook(() => useRead<string>());
  for (const moment of ["0:02", "0:04", "0:06"]) act(() => result.current.follow("letters", ask(moment)));
  expect(asked.map((one) => one.what)).toEqual(["0:02"]);
  await asked[0]?.answer("at 0:02");
  expect(result.current).toMatchObject({ data: "at 0:02", busy: true });
  expect(asked.map((one) => one.what)).toEqual(["0:02", "0:06"]);
  await asked[1]?.answer("at 0:06");
  expect(result.current).toMatchObject({ data: "at 0:06", busy: false });
});

test("what is waited for after a failure is asked, and another question does not wait", async () => {
  const { asked, ask } = slow();
  const { result } = renderHook(() => useRead<string>());
  act(() => result.current.follow("letters", ask("0:02")));
  act(() => result.current.follow("letters", ask("0:04")));
  await asked[0]?.fail();
  await asked[1]?.answer("at 0:04");
  expect(result.current).toMatchObject({ data: "at 0:04", error: null, busy: false });

  act(() => result.current.follow("letters", ask("0:06")));
  act(() => result.current.follow("traces", ask("of 8123")));
  await asked[3]?.answer("two");
  await asked[2]?.answer("at 0:06");
  expect(result.current).toMatchObject({ data: "two", busy: false });
});
