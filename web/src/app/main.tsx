// Where the panel's app begins.
import "../shared/theme";
import "../shared/look";
import "../shared/panel.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { statusOf } from "../api/problem";
import { createRouter } from "./router";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server refused it will refuse again; only silence is worth asking twice.
      retry: (failures, error) => (statusOf(error) === 0 || (statusOf(error) ?? 0) >= 500) && failures < 2,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

const root = document.getElementById("app");
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={createRouter(queries)} />
      </QueryClientProvider>
    </StrictMode>,
  );
