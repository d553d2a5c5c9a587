// What the debrief asks of the server. Every answer is the whole debrief, as this reader may see it.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { AgendaItem, Debrief, Decision } from "../api/types";

export const debriefQuery = (loop: string) =>
  queryOptions({
    queryKey: ["debrief", loop],
    queryFn: () => answer(api.GET("/api/loops/{id}/debrief", { params: { path: { id: loop } } })),
    refetchOnWindowFocus: "always",
    // The panel sits together, each at their own screen: visits and decisions of one show at the others.
    refetchInterval: 15_000,
  });

/** A deed on the debrief; its answer replaces what is shown. */
function useDeed<Input>(loop: string, deed: (input: Input) => Promise<Debrief>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: (debrief) => {
      queries.setQueryData(debriefQuery(loop).queryKey, debrief);
      for (const queryKey of [["start"], ["loop", loop]]) void queries.invalidateQueries({ queryKey });
    },
    // Somebody else may have been quicker: then what they did is what should be looked at.
    onError: () => void queries.invalidateQueries({ queryKey: debriefQuery(loop).queryKey }),
  });
}

export const useVisit = (loop: string) =>
  useDeed(loop, (visit: { item: AgendaItem["id"]; waive: string | null }) =>
    answer(api.POST("/api/loops/{id}/debrief/visits", { params: { path: { id: loop } }, body: visit })),
  );

export const useException = (loop: string) =>
  useDeed(loop, (reason: string) =>
    answer(api.POST("/api/loops/{id}/debrief/exception", { params: { path: { id: loop } }, body: { reason } })),
  );

export const useExcuse = (loop: string) =>
  useDeed(loop, (excuse: { person: string; reason: string }) =>
    answer(api.POST("/api/loops/{id}/excuses", { params: { path: { id: loop } }, body: excuse })),
  );

export const useDecide = (loop: string) =>
  useDeed(loop, (decision: Pick<Decision, "kind" | "reason" | "plan">) =>
    answer(api.POST("/api/loops/{id}/decision", { params: { path: { id: loop } }, body: decision })),
  );

export const useDissent = (loop: string) =>
  useDeed(loop, (text: string) =>
    answer(api.POST("/api/loops/{id}/dissents", { params: { path: { id: loop } }, body: { text } })),
  );
