// What openings and loops ask of the server.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { BarLine, Opening, Session } from "../api/types";

export const openingsQuery = queryOptions({
  queryKey: ["openings"],
  queryFn: () => answer(api.GET("/api/openings")),
});

export const openingQuery = (id: string) =>
  queryOptions({
    queryKey: ["opening", id],
    queryFn: () => answer(api.GET("/api/openings/{id}", { params: { path: { id } } })),
  });

export const loopQuery = (id: string) =>
  queryOptions({
    queryKey: ["loop", id],
    queryFn: () => answer(api.GET("/api/loops/{id}", { params: { path: { id } } })),
    refetchOnWindowFocus: "always",
  });

export const peopleQuery = queryOptions({
  queryKey: ["people"],
  queryFn: () => answer(api.GET("/api/people")),
});

export const preReadQuery = (id: string) =>
  queryOptions({
    queryKey: ["preread", id],
    queryFn: () => answer(api.GET("/api/interviews/{id}/preread", { params: { path: { id } } })),
  });

/** A deed on an opening; its answer replaces what is shown, and lists are read anew. */
function useOpeningDeed<Input>(id: string, deed: (input: Input) => Promise<Opening>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: (opening) => {
      queries.setQueryData(openingQuery(id).queryKey, opening);
      void queries.invalidateQueries({ queryKey: ["openings"] });
      void queries.invalidateQueries({ queryKey: ["start"] });
    },
  });
}

export const useChangeOpening = (id: string) =>
  useOpeningDeed(id, (change: { title?: string; team?: string; closed?: boolean }) =>
    answer(api.PATCH("/api/openings/{id}", { params: { path: { id } }, body: change })),
  );

export const useWriteBar = (id: string) =>
  useOpeningDeed(id, (bar: { lines: BarLine[]; rules: string[]; reason: string | null }) =>
    answer(api.PUT("/api/openings/{id}/bar", { params: { path: { id } }, body: bar })),
  );

export const useWritePlan = (id: string) =>
  useOpeningDeed(id, (sessions: Session[]) =>
    answer(api.PUT("/api/openings/{id}/plan", { params: { path: { id } }, body: { sessions } })),
  );

export function useAddCandidate(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (candidate: { name: string; code: string | null }) =>
      answer(api.POST("/api/openings/{id}/loops", { params: { path: { id } }, body: candidate })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["opening", id] });
      void queries.invalidateQueries({ queryKey: ["openings"] });
      void queries.invalidateQueries({ queryKey: ["start"] });
    },
  });
}

export interface InterviewChange {
  scheduled_at?: string | null;
  due_at?: string | null;
  people?: { person: string; part: "interviewer" | "shadow" }[];
}

export function useChangeInterview(loop: string, interview: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: InterviewChange) =>
      answer(api.PATCH("/api/interviews/{id}", { params: { path: { id: interview } }, body: change })),
    onSuccess: (now) => {
      queries.setQueryData(loopQuery(loop).queryKey, now);
      for (const queryKey of [["start"], ["interview", interview], ["preread"], ["debrief", loop], ["opening"]])
        void queries.invalidateQueries({ queryKey });
    },
  });
}

export function useCallOff(loop: string, interview: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      answer(api.POST("/api/interviews/{id}/call-off", { params: { path: { id: interview } }, body: { reason } })),
    onSuccess: (now) => {
      queries.setQueryData(loopQuery(loop).queryKey, now);
      for (const queryKey of [["start"], ["interview", interview], ["debrief", loop], ["opening"], ["openings"]])
        void queries.invalidateQueries({ queryKey });
    },
  });
}

export function useChangeLoop(loop: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: { name?: string; code?: string }) =>
      answer(api.PATCH("/api/loops/{id}", { params: { path: { id: loop } }, body: change })),
    onSuccess: (now) => {
      queries.setQueryData(loopQuery(loop).queryKey, now);
      for (const queryKey of [["start"], ["opening"], ["openings"], ["debrief", loop]])
        void queries.invalidateQueries({ queryKey });
    },
  });
}
