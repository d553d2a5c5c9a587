// Starts an interview alone, without an opening, and goes there. A candidate and an opening may be
// attached later.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { answer, api } from "../api/client";

export interface WhatToStart {
  area?: string;
  pack?: string;
  session?: string;
  /** A scenario with a plan; its room is opened unless it is to be talked through. */
  scenario?: string;
  talk_only?: boolean;
  /** A variation of the scenario. */
  variation?: string;
  /** Without a person: a script plays this reference design in the room. */
  rehearse?: string;
  /** Shorter than planned. */
  minutes?: number;
}

export function useStartInterview() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: WhatToStart) => answer(api.POST("/api/interviews", { body: what })),
    onSuccess: async ({ id }, what) => {
      void queries.invalidateQueries({ queryKey: ["start"] });
      const room = what.scenario !== undefined && !what.talk_only;
      await navigate(`/interviews/${id}${room ? "/room" : ""}`);
    },
  });
}
