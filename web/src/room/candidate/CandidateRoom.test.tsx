import { act, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeRoom } from "../testing/fake";
import { frame, hello, OPENS } from "../testing/situation";
import { stub } from "../testing/stub";
import CandidateRoom from "./CandidateRoom";

let room: FakeRoom;
const bodies = () => room.commands.map((one) => one.body).filter((one) => one.kind !== "look" && one.kind !== "search");
const real = { fetch: window.fetch, EventSource: window.EventSource };

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("1280"),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
    this.open = true;
  };
  room = new FakeRoom(hello, frame);
  stub({ "/api/c/secret/room": room });
});
afterEach(() => {
  vi.unstubAllGlobals();
  Object.assign(window, real);
});

async function enter() {
  render(<CandidateRoom base="/api/c/secret/room" keptAs="H-27" about={<p>Your code is H-27.</p>} />);
  await screen.findByRole("heading", { name: hello.title });
  return userEvent.setup();
}
const question = (name: RegExp) => screen.getByRole("button", { name });

test("a decision is asked before its options are in the page, and both words are sent", async () => {
  const user = await enter();
  await user.click(question(/A purchase stops half way/));
  expect(screen.queryByText(/asks the provider, listens/)).toBeNull();
  await user.type(screen.getByRole("textbox", { name: "Your answer" }), "A job asks the provider.");
  await user.click(screen.getByRole("button", { name: "Save answer" }));
  await user.click(await screen.findByRole("radio", { name: /asks the provider, listens/ }));
  await user.type(screen.getByRole("textbox", { name: "Why" }), "Somebody must.");
  await user.click(screen.getByRole("button", { name: "Decide" }));
  expect(bodies()).toEqual([
    { kind: "answer", decision: "half_done" },
    { kind: "choose", decision: "half_done", answer: { option: "finish" } },
  ]);
  expect(room.commands.filter((one) => one.words !== undefined).map((one) => one.words)).toEqual(["A job asks the provider.", "Somebody must."]);
  expect(await screen.findByText(/Arriving: it runs on 1 of 3 replicas/)).toBeTruthy();
});

test("options that are asked for come without an answer, and something else needs words", async () => {
  const user = await enter();
  await user.click(question(/What do you pay to see/));
  await user.click(screen.getByRole("button", { name: "Show options" }));
  await user.click(await screen.findByRole("radio", { name: /Something else/ }));
  await user.click(screen.getByRole("button", { name: "Decide" }));
  expect(bodies()).toEqual([{ kind: "show_options", decision: "sight" }]);
  await user.type(screen.getByRole("textbox", { name: "What you would do instead" }), "Sample one in a hundred.");
  await user.click(screen.getByRole("button", { name: "Decide" }));
  expect(bodies().at(-1)).toEqual({ kind: "choose", decision: "sight", answer: { something_else: true } });
});

test("what was half written is there after a reload; the link's secret is kept nowhere", async () => {
  const user = await enter();
  await user.click(question(/A purchase stops half way/));
  await user.type(screen.getByRole("textbox", { name: "Your answer" }), "Half");
  document.body.innerHTML = "";
  await enter();
  fireEvent.click(question(/A purchase stops half way/));
  expect(screen.getByRole("textbox", { name: "Your answer" })).toHaveProperty("value", "Half");
  expect(JSON.stringify({ ...localStorage })).not.toContain("secret");
});

test("a ticket leads to its order in one click, and an answer needs a verdict and words", async () => {
  const user = await enter();
  await user.click(screen.getByRole("button", { name: "Find 8123" }));
  expect(await screen.findByText("No traces join here: this system propagates no correlation id.")).toBeTruthy();
  expect(screen.getByText("no answer", { selector: ".rm-span span" })).toBeTruthy();
  expect(room.commands.find((one) => one.body.kind === "search")?.body).toEqual({ kind: "search", where: "traces", query: "8123", found: 3 });
  await user.click(screen.getByRole("button", { name: "Answer: order 8377" }));
  await user.click(screen.getByRole("button", { name: "Send answer" }));
  expect(bodies()).toEqual([]);
  await user.click(screen.getByRole("radio", { name: "I cannot tell yet" }));
  await user.type(screen.getByRole("textbox", { name: "What you write to the customer" }), "We are looking.");
  await user.click(screen.getByRole("button", { name: "Send answer" }));
  expect(bodies()).toEqual([{ kind: "reply", ticket: 2, verdict: "cannot_tell" }]);
  expect(await screen.findByText(/: I cannot tell yet\. “We are looking\.”/)).toBeTruthy();
});

test("dead letters are chosen by their reason or all at once, and replayed at a rate", async () => {
  const user = await enter();
  await user.click(screen.getByRole("tab", { name: /Moves/ }));
  await user.click(screen.getByRole("button", { name: /Replay dead letters/ }));
  await user.click(await screen.findByRole("checkbox", { name: /4 × cannot be read/ }));
  await user.click(screen.getByRole("button", { name: "Replay dead letters" }));
  expect(bodies()).toEqual([{ kind: "move", makes: "redrive", args: { rate: 20, letters: [5, 14, 23, 32] } }]);
  expect(await screen.findByText("M2 Replay dead letters")).toBeTruthy();
  await user.click(screen.getAllByRole("button", { name: "Take it back" })[0]!);
  expect(bodies().at(-1)).toEqual({ kind: "take_back", move: 2 });
});

test("a refusal stands where the deed was tried, and can be put away", async () => {
  room.refusing = "The room stands; nothing can be moved.";
  const user = await enter();
  await user.click(screen.getByRole("tab", { name: /Moves/ }));
  await user.click(screen.getByRole("button", { name: /Compare the books now/ }));
  await user.click(screen.getByRole("button", { name: "Compare the books now" }));
  const refusal = await screen.findByRole("alert");
  expect(refusal.textContent).toContain("The room stands");
  expect(refusal.closest("form")).toBeTruthy();
  await user.click(within(refusal).getByRole("button", { name: "Put away" }));
  expect(screen.queryByRole("alert")).toBeNull();
});

test("to be refused what is so already is no news", async () => {
  const user = await enter();
  room.refusing = "The room stands already.";
  await user.keyboard(" ");
  expect(await screen.findByText(/The room stands already/)).toBeTruthy();
  act(() => room.tell({ clock: { ...room.state.clock, running: false } }));
  expect(screen.queryByText(/The room stands already/)).toBeNull();
});

test("boxes are reached by arrows, focused by Enter and let go by Esc; figures and moves follow", async () => {
  const user = await enter();
  const box = (name: string) => screen.getByRole("button", { name });
  box("checkout, service").focus();
  await user.keyboard("{ArrowRight}");
  expect(document.activeElement).toBe(box("payments, service"));
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowRight}{Enter}");
  expect(document.activeElement).toBe(box("settlement, service"));
  expect(box("settlement, service").getAttribute("aria-pressed")).toBe("true");
  expect(screen.getByText("Handled")).toBeTruthy();
  await user.keyboard("2");
  expect(screen.getByText(/Moves on settlement/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Refund a charge/ })).toBeNull();
  await user.keyboard("{Escape}");
  expect(screen.queryByText("Handled")).toBeNull();
});

test("the picture is told in words, apart from what is drawn", async () => {
  await enter();
  expect(screen.getByText("checkout: 3 of 3 replicas, 34.4 per second, slowest hundredth 1.06 s")).toBeTruthy();
  expect(screen.getByText(/^money: .*2,400 wait for settlement, growing by 33\.3 per second/)).toBeTruthy();
});

test("keys are off while one writes; Space pauses, B opens the brief", async () => {
  const user = await enter();
  await user.click(question(/A purchase stops half way/));
  await user.keyboard("2b ");
  expect(screen.getByRole("textbox", { name: "Your answer" })).toHaveProperty("value", "2b ");
  expect(bodies()).toEqual([]);
  await user.keyboard("{Escape} ");
  expect(bodies()).toEqual([{ kind: "pause" }]);
  expect(await screen.findByText("Paused: nothing moves until it goes on.")).toBeTruthy();
  await user.keyboard("b");
  expect(within(screen.getByRole("dialog")).getByText("Your code is H-27.")).toBeTruthy();
});

test("why a room stands is said: before it begins, after a restart, when it is over", async () => {
  await enter();
  const clock = room.state.clock;
  act(() => room.tell({ clock: { ...clock, v: OPENS, running: false } }));
  expect(screen.getByText(/It has not begun/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Go on" })).toBeNull();
  act(() => room.tell({ clock: { ...clock, running: false, why: "The server was started again; the room is paused." } }));
  expect(screen.getByText(/started again/)).toBeTruthy();
  act(() => room.tell({ clock: { ...clock, running: false, ended: true } }));
  expect(screen.getByText(/Over at 10:12/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Save answer" })).toBeNull();
});

test("an empty inbox and missing alerts inform", async () => {
  await enter();
  act(() => room.tell({ inbox: { alerts: [], tickets: [], no_alerts: null } }));
  expect(screen.getByText("Customers have written nothing so far.")).toBeTruthy();
  expect(screen.getByText("No alerts are configured.")).toBeTruthy();
});
