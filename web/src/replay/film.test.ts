import { expect, test } from "vitest";
import { Film } from "./film";

const SECOND = 1e9;

/** A film over a hundred seconds, a clock that is set by hand, and answers that come when they are let. */
function setUp({ at = 0 } = {}) {
  let clock_ms = 0;
  const asked: number[] = [];
  const shown: number[] = [];
  const waiting: { resolve: (v: number) => void; reject: (why: Error) => void; v: number }[] = [];
  const timers: (() => void)[] = [];
  const film = new Film<number>({
    from: 0, to: 100 * SECOND, at, speed: 1,
    ask: (v) => new Promise((resolve, reject) => (asked.push(v), waiting.push({ resolve, reject, v }))),
    show: (frame) => shown.push(frame),
    now: () => clock_ms,
    later: (run) => {
      timers.push(run);
      return () => void timers.splice(timers.indexOf(run) >>> 0, 1);
    },
  });
  const settle = () => new Promise((done) => setTimeout(done, 0));
  return {
    film, asked, shown,
    pass: (ms: number) => (clock_ms += ms),
    answer: async () => {
      const one = waiting.shift();
      one?.resolve(one.v);
      await settle();
    },
    refuse: async (why: string) => {
      waiting.shift()?.reject(new Error(why));
      await settle();
    },
    tick: async () => {
      timers.shift()?.();
      await settle();
    },
  };
}

test("it opens where it is told to and stands there", async () => {
  const { film, asked, shown, answer, pass } = setUp({ at: 30 * SECOND });
  await answer();
  pass(5_000);
  expect(asked).toEqual([30 * SECOND]);
  expect(shown).toEqual([30 * SECOND]);
  expect(film.v()).toBe(30 * SECOND);
});

test("playing, it asks again and again, further on each time, at the speed that is set", async () => {
  const { film, asked, answer, pass, tick } = setUp();
  await answer();
  film.setSpeed(4);
  film.play();
  await answer();
  pass(500);
  expect(film.v()).toBe(2 * SECOND);
  await tick();
  expect(asked.at(-1)).toBe(2 * SECOND);
});

test("of many wishes while an answer is under way only the newest is asked for", async () => {
  const { film, asked, answer } = setUp();
  for (const s of [10, 20, 30, 40]) film.seek(s * SECOND);
  await answer();
  await answer();
  expect(asked).toEqual([0, 40 * SECOND]);
});

test("the clock does not run away from a picture that is late", async () => {
  const { film, answer, pass } = setUp();
  await answer();
  film.play();
  pass(60_000);
  expect(film.v()).toBe(1 * SECOND);
});

test("it ends at the end and begins anew from there", async () => {
  const { film, answer, pass, tick } = setUp({ at: 99.5 * SECOND });
  await answer();
  film.play();
  await answer();
  pass(900);
  await tick();
  await answer();
  expect(film.state()).toMatchObject({ playing: false, v: 100 * SECOND });
  film.play();
  expect(film.v()).toBe(0);
});

test("a moment that cannot be had stops it and says why, and it can be asked for again", async () => {
  const { film, answer, refuse, shown } = setUp({ at: 7 * SECOND });
  await answer();
  film.play();
  await refuse("The server does not answer.");
  expect(film.state()).toMatchObject({ playing: false, error: "The server does not answer.", v: 7 * SECOND });
  film.again();
  await answer();
  expect(film.state().error).toBeNull();
  expect(shown).toEqual([7 * SECOND, 7 * SECOND]);
});

test("it never leaves what there is", () => {
  const { film } = setUp();
  film.seek(-5 * SECOND);
  expect(film.v()).toBe(0);
  film.step(1_000 * SECOND);
  expect(film.v()).toBe(100 * SECOND);
});

test("speeds go up and down among those that there are", () => {
  const { film } = setUp();
  film.faster(1);
  expect(film.state().speed).toBe(2);
  for (let n = 0; n < 9; n += 1) film.faster(-1);
  expect(film.state().speed).toBe(0.5);
});
