// A build that would send the panel's code to a candidate fails. Checked on the finished chunks, since
// a bundler may put two modules into one file that no import connects.
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const ENTRY = "candidate";
/** What the candidate's page may be made of, besides libraries. */
const ALLOWED = ["/src/candidate/", "/src/shared/", "/candidate.html"];
/** Parts of shared/ that know the panel's words. */
const FORBIDDEN = ["/src/shared/marks.tsx", "/src/shared/keys/", "/src/api/client.ts"];
const GZIP_MAX = 150_000;

export function candidateGuard(): Plugin {
  return {
    name: "candidate-guard",
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((one) => (one.type === "chunk" ? [[one.fileName, one] as const] : [])),
      );
      const entry = [...chunks.values()].find((chunk) => chunk.isEntry && chunk.name === ENTRY);
      if (!entry) return;
      const reached = new Set<string>();
      const queue = [entry.fileName];
      for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
        if (reached.has(name)) continue;
        reached.add(name);
        const chunk = chunks.get(name);
        if (chunk) queue.push(...chunk.imports, ...chunk.dynamicImports);
      }
      let gzip = 0;
      for (const name of reached) {
        const chunk = chunks.get(name);
        if (!chunk) continue;
        gzip += gzipSync(chunk.code).length;
        for (const id of chunk.moduleIds) {
          const path = id.replaceAll("\\", "/");
          const ours = path.includes("/src/") && !path.includes("/node_modules/");
          const allowed = ALLOWED.some((part) => path.includes(part)) && !FORBIDDEN.some((part) => path.includes(part));
          if (ours && !allowed) this.error(`The candidate’s page would be sent ${path} (in ${name}).`);
        }
      }
      if (gzip > GZIP_MAX) this.error(`The candidate’s page has ${gzip} bytes after gzip; at most ${GZIP_MAX} are allowed.`);
    },
  };
}
