import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Source } from "../testing/source";
import type { Frame, Hello } from "../wire";
import { RoomSession } from "./session";

const hello = { take: { id: "t", n: 1, of: null }, opens: 300e9, ends: 3000e9 } as unknown as Hello;
const frame = (v: number, more: Partial<Frame> = {}): Frame => ({
  clock: { v, running: true, speed: 2, head: v, ended: false, why: null, left_ms: null }, ...more,
});

let wall: number;
let session: RoomSession;
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network in tests")));
  localStorage.clear();
  Source.all = [];
  wall = 0;
  session = new RoomSession({ base: "/api/takes/t", now: () => wall });
  stop = session.follow();
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("hello opens the room, frames are laid over it, the clock goes on in between", () => {
  expect(session.state()).toBeNull();
  Source.last().say("hello", hello);
  Source.last().say("frame", frame(400e9));
  wall = 500;
  expect(session.v()).toBe(401e9);
  expect(session.line()).toMatchObject({ state: "open", was_lost: false });
});

test("a running room that falls silent is a dead line within seconds, a standing one is not", () => {
  Source.last().say("hello", hello);
  Source.last().say("frame", frame(400e9));
  vi.advanceTimersByTime(8_500);
  expect(Source.all).toHaveLength(2);
  Source.last().say("hello", hello);
  Source.last().say("frame", frame(400e9, { clock: { ...frame(400e9).clock!, running: false } }));
  vi.advanceTimersByTime(30_000);
  expect(Source.all).toHaveLength(2);
});

test("a frame without a clock moves nothing", () => {
  Source.last().say("hello", hello);
  Source.last().say("frame", frame(400e9));
  wall = 1000;
  Source.last().say("frame", { pad_rev: 2 });
  expect(session.v()).toBe(402e9);
});

test("a lost line is told once, asks for what is newer, and comes back with nothing lost", () => {
  Source.last().say("hello", hello);
  Source.last().say("frame", frame(400e9, { marks: [{ seq: 12 } as NonNullable<Frame["marks"]>[number]] }));
  const states: string[] = [];
  session.subscribe(() => states.push(session.line().state));
  Source.last().fail();
  vi.advanceTimersByTime(500);
  expect(Source.last().url).toBe("/api/takes/t/live?after=12");
  Source.last().fail();
  vi.advanceTimersByTime(1000);
  expect(states).toEqual(["lost"]);
  Source.last().say("hello", hello);
  expect(session.line()).toMatchObject({ state: "open", was_lost: true });
  expect(session.state()?.marks).toHaveLength(1);
});

test("frames before a hello, and of a line that was replaced, are nothing", () => {
  const first = Source.last();
  first.say("frame", frame(1));
  expect(session.state()).toBeNull();
  first.fail();
  vi.advanceTimersByTime(500);
  first.say("hello", hello);
  expect(session.state()).toBeNull();
});

test("a room that is gone says why and is not asked for again", () => {
  Source.last().say("hello", hello);
  Source.last().say("gone", { why: "link-closed" });
  vi.advanceTimersByTime(120_000);
  expect(session.line().gone).toBe("This link is no longer open.");
  expect(Source.all).toHaveLength(1);
});

test("another take is followed where the address stays, and told of where it does not", () => {
  stop();
  Source.all = [];
  const told: string[] = [];
  const panel = new RoomSession({ base: "/api/takes/t", onGone: (why) => told.push(why) });
  const off = [panel.follow()];
  Source.last().say("gone", { why: "another-take" });
  expect(told).toEqual(["another-take"]);
  const candidate = new RoomSession({ base: "/api/c/x/room", follows: true });
  off.push(candidate.follow());
  Source.last().say("hello", hello);
  Source.last().say("gone", { why: "another-take" });
  Source.last().say("hello", { ...hello, take: { id: "t2", n: 2, of: null } });
  expect(candidate.state()?.hello.take.id).toBe("t2");
  expect(candidate.line().gone).toBeNull();
  off.forEach((one) => one());
});

test("whoever only looks sends nothing", () => {
  const looker = new RoomSession({ base: "/api/takes/t", silent: true });
  looker.send("clock", { kind: "pause" });
  expect(looker.outbox.view().kept).toEqual([]);
});
