// Three pages from one build: the panel's app, the candidate's page and the practice page. They share tokens and small parts
// only; whatever the last two import is sent to a stranger's browser. With `--mode site`, the practice page alone, with
// addresses that hold under any path of any static server.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { pageGuard, workerGuard } from "./page.guard.ts";

const api = process.env.SEATRIAL_API ?? "http://127.0.0.1:7070";

export default defineConfig(({ mode }) => {
  const site = mode === "site";
  const practice = { practice: "practice.html" };
  const input: Record<string, string> = site ? practice : { app: "index.html", candidate: "candidate.html", ...practice };
  return {
    base: site ? "./" : "/",
    plugins: [
      react(),
      // With the room, which is fetched by those who have one.
      pageGuard({
        entry: "candidate",
        allowed: ["/src/candidate/", "/src/room/", "/src/system/", "/src/shared/", "/candidate.html"],
        gzipMax: 180_000,
      }),
      pageGuard({
        entry: "practice",
        allowed: ["/src/practice/", "/src/system/", "/src/wasm/", "/src/shared/", "/practice.html"],
        // The simulator at full speed and the texts of sixteen scenarios. Compiled for size it would be 35 kB less, and each run a sixth slower.
        gzipMax: 1_050_000,
        module: true,
      }),
      {
        // In development, as in the binary: a candidate's link, and the address of the practice page.
        name: "pages-by-address",
        configureServer(server) {
          server.middlewares.use((request, _response, next) => {
            if (request.url?.startsWith("/c/")) request.url = "/candidate.html";
            if (request.url && /^\/practice([?#]|$)/u.test(request.url)) request.url = request.url.replace("/practice", "/practice.html");
            next();
          });
        },
      },
    ],
    worker: { format: "es", plugins: () => [workerGuard(["/src/wasm/"])] },
    build: {
      // The content security policy allows neither data: addresses nor inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      cssTarget: ["chrome123", "firefox121", "safari17.5"],
      ...(site ? { outDir: "../site", emptyOutDir: true } : {}),
      rollupOptions: { input },
    },
    server: { proxy: { "/api": api } },
    preview: { proxy: { "/api": api } },
    test: {
      environment: "jsdom",
      include: ["src/**/*.test.{ts,tsx}"],
      setupFiles: ["src/shared/testing/setup.ts"],
      css: false,
      testTimeout: 30_000,
    },
  };
});
