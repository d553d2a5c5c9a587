// What a stranger's browser gets. A build that would send the panel's code to a candidate, or to anybody who practises, fails;
// so does one that grew too large to open quickly. Checked on the finished chunks, since a bundler may put two modules into
// one file that no import connects.
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/**
 * Parts that know the panel's words or addresses, whatever else is allowed. Of the keys it is the palette, which leads to the
 * panel's pages; how a key is pressed, named and changed is nobody's secret.
 */
const FORBIDDEN = [
  "/src/shared/marks.tsx",
  "/src/shared/keys/Palette.tsx",
  "/src/shared/keys/KeyLayer.tsx",
  "/src/api/client.ts",
  "/src/room/panel/",
  "/src/room/testing/",
  "/src/replay/",
];

export interface Guarded {
  /** The page's name among the inputs of the build. */
  entry: string;
  /** What it may be made of, besides libraries. */
  allowed: string[];
  /** Bytes of its scripts after gzip, at most; with `module`, of the WebAssembly and its worker too. */
  gzipMax: number;
  module?: boolean;
}

export function pageGuard({ entry: name, allowed, gzipMax, module = false }: Guarded): Plugin {
  return {
    name: `guard-${name}`,
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((one) => (one.type === "chunk" ? [[one.fileName, one] as const] : [])),
      );
      const entry = [...chunks.values()].find((chunk) => chunk.isEntry && chunk.name === name);
      if (!entry) return;
      const reached = new Set<string>();
      const queue = [entry.fileName];
      for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
        if (reached.has(file)) continue;
        reached.add(file);
        const chunk = chunks.get(file);
        if (chunk) queue.push(...chunk.imports, ...chunk.dynamicImports);
      }
      let gzip = 0;
      for (const file of reached) {
        const chunk = chunks.get(file);
        if (!chunk) continue;
        gzip += gzipSync(chunk.code).length;
        const foreign = chunk.moduleIds.find((id) => !isAllowed(id, allowed));
        if (foreign) this.error(`The page “${name}” would be sent ${foreign} (in ${file}).`);
      }
      // A worker is built by itself and arrives here as a finished file; what may be in it is checked below.
      for (const one of Object.values(bundle)) {
        if (module && one.type === "asset" && /\.(wasm|js)$/u.test(one.fileName)) gzip += gzipSync(one.source).length;
      }
      if (gzip > gzipMax) this.error(`The page “${name}” has ${gzip} bytes after gzip; at most ${gzipMax} are allowed.`);
    },
  };
}

/** The same for workers, which any page may start. */
export function workerGuard(allowed: string[]): Plugin {
  return {
    name: "guard-worker",
    apply: "build",
    generateBundle(_, bundle) {
      for (const one of Object.values(bundle)) {
        const foreign = one.type === "chunk" && one.moduleIds.find((id) => !isAllowed(id, allowed));
        if (foreign) this.error(`A worker would be sent ${foreign} (in ${one.fileName}).`);
      }
    },
  };
}

function isAllowed(id: string, allowed: string[]): boolean {
  const path = id.replaceAll("\\", "/");
  const ours = path.includes("/src/") && !path.includes("/node_modules/");
  return !ours || (allowed.some((part) => path.includes(part)) && !FORBIDDEN.some((part) => path.includes(part)));
}
