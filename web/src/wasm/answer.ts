// One question to the module, answered as a message. Here and not in worker.ts, so that it is tested without a worker.
import type { Module } from "./load";

export interface Question {
  name: string;
  args: unknown;
}

export type Reply =
  | { ok: true; answer: unknown }
  /** `refused`: the call was wrong, and the module goes on. Otherwise it must not be asked again. */
  | { ok: false; refused: boolean; absent: boolean; message: string };

export async function answer({ name, args }: Question, load: () => Promise<Module>): Promise<Reply> {
  let module;
  try {
    module = await load();
  } catch (error) {
    const absent = error instanceof Error && error.name === "Absent";
    return { ok: false, refused: false, absent, message: absent ? error.message : `It did not load: ${said(error)}` };
  }
  const call = module[name];
  if (typeof call !== "function") return wrong(`The module has no function ${name}.`);
  try {
    const answered: unknown = call(JSON.stringify(args));
    return { ok: true, answer: typeof answered === "string" ? JSON.parse(answered) : answered };
  } catch (error) {
    // What Rust returned as an error is a plain Error. A panic has its name from crates/wasm; a trap is the engine's own.
    const plain = error instanceof Error && error.name === "Error";
    if (plain) return wrong(error.message);
    const full = error instanceof RangeError || error instanceof WebAssembly.RuntimeError;
    const why = full ? `it ran out of memory, or went too deep (${said(error)})` : said(error);
    return { ok: false, refused: false, absent: false, message: `${name} stopped: ${why}` };
  }
}

function wrong(message: string): Reply {
  return { ok: false, refused: true, absent: false, message };
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
