// Starts an interview alone, without an opening, and goes there. A candidate and an opening may be
// attached later.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { answer, api } from "../api/client";

export interface WhatToStart {
  area?: string;
  pack?: string;
  session?: string;
  /** Shorter than planned. */
  minutes?: number;
}

export function useStartInterview() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: WhatToStart) => answer(api.POST("/api/interviews", { body: what })),
    onSuccess: async ({ id }) => {
      void queries.invalidateQueries({ queryKey: ["start"] });
      await navigate(`/interviews/${id}`);
    },
  });
}
