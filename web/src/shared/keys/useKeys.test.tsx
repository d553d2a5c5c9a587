import { act, fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Foot } from "../Foot";
import { setKeySettings } from "./registry";
import { type Action, useKeyListener, useKeys } from "./useKeys";

function Offers({ actions }: { actions: Action[] }) {
  useKeyListener();
  useKeys(actions);
  return null;
}

function More({ actions }: { actions: Action[] }) {
  useKeys(actions);
  return null;
}

const note = (run: () => void, changes: Partial<Action> = {}): Action => ({
  id: "test.note",
  name: "Note",
  key: "n",
  hint: "note",
  run,
  ...changes,
});

beforeEach(() => {
  localStorage.clear();
  setKeySettings({ own: {}, characters: true });
});

describe("keys", () => {
  it("run their action, once per press and not while held down", () => {
    const run = vi.fn();
    render(<Offers actions={[note(run)]} />);
    fireEvent.keyDown(document.body, { key: "n" });
    fireEvent.keyDown(document.body, { key: "n", repeat: true });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("are off while somebody types, in whatever field", () => {
    const run = vi.fn();
    render(
      <>
        <Offers actions={[note(run)]} />
        <input aria-label="line" />
        <textarea aria-label="text" />
        <select aria-label="choice" />
      </>,
    );
    for (const name of ["line", "text", "choice"]) fireEvent.keyDown(screen.getByLabelText(name), { key: "n" });
    expect(run).not.toHaveBeenCalled();
  });

  it("are off while a word is being composed", () => {
    const run = vi.fn();
    render(<Offers actions={[note(run)]} />);
    fireEvent.keyDown(document.body, { key: "n", isComposing: true });
    expect(run).not.toHaveBeenCalled();
  });

  it("leave Enter to a focused button and take it elsewhere", () => {
    const run = vi.fn();
    render(
      <>
        <Offers actions={[note(run, { key: "Enter" })]} />
        <button type="button">Other</button>
        <input type="radio" aria-label="choice" />
      </>,
    );
    fireEvent.keyDown(screen.getByText("Other"), { key: "Enter" });
    expect(run).not.toHaveBeenCalled();
    fireEvent.keyDown(screen.getByLabelText("choice"), { key: "Enter" });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("take Ctrl Enter even from a focused button", () => {
    const run = vi.fn();
    render(
      <>
        <Offers actions={[note(run, { key: "Mod+Enter" })]} />
        <button type="button">Other</button>
      </>,
    );
    fireEvent.keyDown(screen.getByText("Other"), { key: "Enter", ctrlKey: true });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("are off behind a modal dialog, except the dialog's own", () => {
    const page = vi.fn();
    const dialog = vi.fn();
    render(
      <>
        <Offers actions={[note(page), { id: "test.done", name: "Done", key: "d", inDialog: true, run: dialog }]} />
        <dialog open>question</dialog>
      </>,
    );
    fireEvent.keyDown(document.body, { key: "n" });
    fireEvent.keyDown(document.body, { key: "d" });
    expect(page).not.toHaveBeenCalled();
    expect(dialog).toHaveBeenCalledTimes(1);
  });

  it("belong to whoever offered them last, and go back when that one leaves", () => {
    const outer = vi.fn();
    const inner = vi.fn();
    const view = render(
      <>
        <Offers actions={[note(outer)]} />
        <More actions={[note(inner, { id: "test.inner" })]} />
      </>,
    );
    fireEvent.keyDown(document.body, { key: "n" });
    expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([0, 1]);
    view.rerender(<Offers actions={[note(outer)]} />);
    fireEvent.keyDown(document.body, { key: "n" });
    expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([1, 1]);
  });

  it("run the action of the last drawing, not of the first", () => {
    const first = vi.fn();
    const second = vi.fn();
    const view = render(<Offers actions={[note(first)]} />);
    view.rerender(<Offers actions={[note(second)]} />);
    fireEvent.keyDown(document.body, { key: "n" });
    expect(first).not.toHaveBeenCalled();
    expect(second).toHaveBeenCalledTimes(1);
  });

  it("can be changed, taken away, and switched off together; the choice is kept in the browser", () => {
    const run = vi.fn();
    render(<Offers actions={[note(run)]} />);
    act(() => setKeySettings({ own: { "test.note": "m" }, characters: true }));
    fireEvent.keyDown(document.body, { key: "n" });
    expect(run).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { key: "m" });
    expect(run).toHaveBeenCalledTimes(1);
    act(() => setKeySettings({ own: { "test.note": "m" }, characters: false }));
    fireEvent.keyDown(document.body, { key: "m" });
    expect(run).toHaveBeenCalledTimes(1);
    expect(localStorage.getItem("seatrial.keys")).toContain('"m"');
  });
});

describe("the foot line", () => {
  it("shows runs of digits as one entry, follows changed keys and leaves out what cannot be done", () => {
    const digits = [1, 2, 3].map((n) => ({ id: `test.${n}`, name: `Area ${n}`, key: String(n), hint: "area", run: () => {} }));
    render(
      <>
        <Offers actions={[...digits, note(() => {}), { id: "test.not", name: "Not now", key: "x", hint: "not now", when: false, run: () => {} }]} />
        <Foot />
      </>,
    );
    expect(screen.getByText("1–3")).toBeTruthy();
    expect(screen.queryByText("not now")).toBeNull();
    act(() => setKeySettings({ own: { "test.note": "m" }, characters: true }));
    expect(screen.getByText("M")).toBeTruthy();
  });
});
