// Asks the module from a page: `wasm.call("check_kit", files)`. Questions wait here and go to the worker one at a time, so
// that one that is no longer wanted can be dropped, or the worker ended in the middle of it.
import type { Question, Reply } from "./answer";
import type { Answer, Args, Name } from "./calls";

/** Why there is no answer. Its message is a sentence for the reader. */
export class WasmError extends Error {
  override name = "WasmError";
  constructor(
    message: string,
    /** `refused`: asked wrongly. `absent`: not built on the machine that made this page. `stopped`: a fault of ours. */
    readonly why: "refused" | "absent" | "stopped",
  ) {
    super(message);
  }
}

interface Waiting {
  question: Question;
  resolve: (answer: never) => void;
  reject: (error: unknown) => void;
}

export class Wasm {
  #worker: Worker | null = null;
  #queue: Waiting[] = [];
  /** The one that the worker has; always the first of the queue. */
  #asked: Waiting | null = null;
  readonly #start: () => Worker;

  /** The worker is started by the first call. */
  constructor(start: () => Worker = startWorker) {
    this.#start = start;
  }

  /**
   * Asks, after everything that was asked before. Aborting `signal` rejects with its reason; if the call was under way, the
   * worker is ended with all that the module remembered, and the next call starts a fresh one.
   */
  call<N extends Name>(name: N, args: Args<N>, signal?: AbortSignal): Promise<Answer<N>> {
    return new Promise<Answer<N>>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const waiting: Waiting = { question: { name, args }, resolve, reject };
      signal?.addEventListener("abort", () => this.#drop(waiting, signal.reason), { once: true });
      this.#queue.push(waiting);
      this.#next();
    });
  }

  /** Ends the worker. What was asked is rejected; a later call starts anew. */
  terminate(): void {
    this.#end();
    const gone = new DOMException("The page ended it.", "AbortError");
    for (const waiting of this.#queue.splice(0)) waiting.reject(gone);
  }

  #next(): void {
    const first = this.#queue[0];
    if (this.#asked || !first) return;
    this.#asked = first;
    try {
      this.#worker ??= this.#started();
      this.#worker.postMessage(first.question);
    } catch (error) {
      this.#stopped(error instanceof Error ? error.message : String(error));
    }
  }

  #started(): Worker {
    const worker = this.#start();
    // What a worker sent just before it was ended may still arrive, and answers nothing that was asked since.
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (worker === this.#worker) this.#replied(data);
    };
    // The worker's own file did not come, or does not run in this browser.
    worker.onerror = (event) => {
      if (worker === this.#worker) this.#stopped(event.message || "its worker did not load; is the server still there?");
    };
    return worker;
  }

  #replied(reply: Reply): void {
    const { resolve, reject } = this.#settle();
    if (reply.ok) resolve(reply.answer as never);
    else {
      if (!reply.refused) this.#end();
      reject(new WasmError(reply.message, reply.refused ? "refused" : reply.absent ? "absent" : "stopped"));
    }
    this.#next();
  }

  #stopped(message: string): void {
    const { reject } = this.#settle();
    this.#end();
    reject(new WasmError(message, "stopped"));
    this.#next();
  }

  #drop(waiting: Waiting, reason: unknown): void {
    const at = this.#queue.indexOf(waiting);
    if (at < 0) return;
    this.#queue.splice(at, 1);
    if (this.#asked === waiting) this.#end();
    waiting.reject(reason);
    this.#next();
  }

  /** Takes the one under way out of the queue. */
  #settle(): Pick<Waiting, "resolve" | "reject"> {
    const asked = this.#asked;
    this.#asked = null;
    if (!asked) return { resolve: () => {}, reject: () => {} };
    this.#queue.splice(this.#queue.indexOf(asked), 1);
    return asked;
  }

  #end(): void {
    this.#asked = null;
    this.#worker?.terminate();
    this.#worker = null;
  }
}

function startWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
}
