// Two pages from one build: the panel's app and the candidate's page. They share tokens and small
// parts only; whatever the candidate's page imports is sent to a stranger's browser.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { candidateGuard } from "./candidate.guard.ts";

const api = process.env.SEATRIAL_API ?? "http://127.0.0.1:7070";

export default defineConfig({
  plugins: [
    react(),
    candidateGuard(),
    {
      // In development, as in the binary, every candidate's link is answered with the candidate's page.
      name: "candidate-page",
      configureServer(server) {
        server.middlewares.use((request, _response, next) => {
          if (request.url?.startsWith("/c/")) request.url = "/candidate.html";
          next();
        });
      },
    },
  ],
  build: {
    // The content security policy allows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    rollupOptions: { input: { app: "index.html", candidate: "candidate.html" } },
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
});
