// The wrapper, with a worker that answers when the test says so.
import { describe, expect, it } from "vitest";
import type { Question, Reply } from "./answer";
import { Wasm, WasmError } from "./client";

class Played {
  onmessage: ((event: { data: Reply }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  asked: Question[] = [];
  ended = false;
  postMessage(question: Question) {
    this.asked.push(question);
  }
  terminate() {
    this.ended = true;
  }
  replies(reply: Reply) {
    this.onmessage?.({ data: reply });
  }
}

function played() {
  const workers: Played[] = [];
  const wasm = new Wasm(() => {
    workers.push(new Played());
    return workers.at(-1) as unknown as Worker;
  });
  const worker = (at: number) => {
    const one = workers[at];
    if (!one) throw new Error(`no worker ${at}; there are ${workers.length}`);
    return one;
  };
  return { wasm, workers, worker };
}

const fine = (answer: unknown): Reply => ({ ok: true, answer });
const names = (worker: Played) => worker.asked.map((one) => one.name);

describe("asking the module", () => {
  it("starts a worker with the first call only, and asks one thing at a time, in order", async () => {
    const { wasm, workers, worker } = played();
    expect(workers).toHaveLength(0);
    const first = wasm.call("version", null);
    const second = wasm.call("check_kit", { "kit.yaml": "" });
    expect(names(worker(0))).toEqual(["version"]);
    worker(0).replies(fine("1.2.3"));
    expect(names(worker(0))).toEqual(["version", "check_kit"]);
    worker(0).replies(fine({ usable: true, summary: "no mistakes", diagnostics: [] }));
    expect(await first).toBe("1.2.3");
    expect((await second).usable).toBe(true);
    expect(workers).toHaveLength(1);
  });

  it("keeps the worker after a refusal, and replaces it after a fault", async () => {
    const { wasm, workers, worker } = played();
    const refused = wasm.call("version", null);
    const stopped = wasm.call("version", null);
    const after = wasm.call("version", null);
    worker(0).replies({ ok: false, refused: true, absent: false, message: "no such thing" });
    await expect(refused).rejects.toMatchObject({ why: "refused", message: "no such thing" });
    expect(worker(0).ended).toBe(false);
    worker(0).replies({ ok: false, refused: false, absent: false, message: "a mistake in Seatrial" });
    await expect(stopped).rejects.toMatchObject({ why: "stopped" });
    expect(worker(0).ended).toBe(true);
    expect(workers).toHaveLength(2);
    worker(1).replies(fine("1.2.3"));
    expect(await after).toBe("1.2.3");
  });

  it("says that the module was not built", async () => {
    const { wasm, worker } = played();
    const asked = wasm.call("version", null);
    worker(0).replies({ ok: false, refused: false, absent: true, message: "not built on this machine" });
    await expect(asked).rejects.toEqual(new WasmError("not built on this machine", "absent"));
  });

  it("rejects when the worker's file does not come", async () => {
    const { wasm, worker } = played();
    const asked = wasm.call("version", null);
    worker(0).onerror?.({ message: "" });
    await expect(asked).rejects.toMatchObject({ why: "stopped", message: expect.stringContaining("did not load") });
  });
});

describe("losing patience", () => {
  it("ends the worker when the call under way is aborted, and asks the next one in a fresh one", async () => {
    const { wasm, worker } = played();
    const patience = new AbortController();
    const slow = wasm.call("version", null, patience.signal);
    const next = wasm.call("check_kit", {});
    patience.abort();
    await expect(slow).rejects.toMatchObject({ name: "AbortError" });
    expect(worker(0).ended).toBe(true);
    expect(names(worker(1))).toEqual(["check_kit"]);
    // What the ended worker still had on its way is nobody's answer.
    worker(0).replies(fine("1.2.3"));
    worker(1).replies(fine({ usable: false, summary: "", diagnostics: [] }));
    expect((await next).usable).toBe(false);
  });

  it("drops a call that waits without touching the one under way", async () => {
    const { wasm, worker } = played();
    const first = wasm.call("version", null);
    const patience = new AbortController();
    const second = wasm.call("check_kit", {}, patience.signal);
    patience.abort(new Error("changed my mind"));
    await expect(second).rejects.toThrow("changed my mind");
    worker(0).replies(fine("1.2.3"));
    expect(await first).toBe("1.2.3");
    expect(names(worker(0))).toEqual(["version"]);
    patience.abort();
  });

  it("asks nothing for a signal that was aborted before", async () => {
    const { wasm, workers } = played();
    await expect(wasm.call("version", null, AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
    expect(workers).toHaveLength(0);
  });

  it("rejects everything when the page ends it, and starts anew when asked again", async () => {
    const { wasm, workers, worker } = played();
    const asked = [wasm.call("version", null), wasm.call("version", null)];
    wasm.terminate();
    for (const one of asked) await expect(one).rejects.toMatchObject({ name: "AbortError" });
    expect(worker(0).ended).toBe(true);
    void wasm.call("version", null);
    expect(workers).toHaveLength(2);
  });
});
