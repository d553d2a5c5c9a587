// Fetches and starts the module, once, when somebody first asks. Runs in the worker; the page never holds the module.
import * as wasm from "./pkg/seatrial_wasm.js";
import address from "./pkg/seatrial_wasm_bg.wasm?url";

/** What it exports: each function takes a JSON text and answers with one. */
export type Module = Record<string, unknown>;

let loading: Promise<Module> | undefined;

export function load(): Promise<Module> {
  loading ??= wasm.default({ module_or_path: address }).then(() => wasm as Module);
  return loading;
}
