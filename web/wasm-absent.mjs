// Stands in for the WebAssembly module where it was not built (scripts/wasm builds it): the pages build all the same, and
// those that need the module say what is missing. Leaves a module that was built alone, unless `--replace` says that it is old.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const folder = new URL("src/wasm/pkg/", import.meta.url);
const files = {
  "seatrial_wasm.js": `export default async function init() {
  throw Object.assign(
    new Error("The simulator was not built on this machine, which lacks Rust's target wasm32-unknown-unknown. With it, \\"make build\\" builds this page whole."),
    { name: "Absent" },
  );
}
`,
  "seatrial_wasm.d.ts": "export default function init(options: { module_or_path: string }): Promise<unknown>;\n",
  // The smallest module that is one.
  "seatrial_wasm_bg.wasm": new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
};

const main = new URL("seatrial_wasm.js", folder);
const there = existsSync(main) ? readFileSync(main, "utf8") : null;
const fresh = there === files["seatrial_wasm.js"];
if (!fresh && (there === null || process.argv.includes("--replace"))) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(new URL(name, folder), content);
}
