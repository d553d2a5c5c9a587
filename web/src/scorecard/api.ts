// What the scorecard's page asks of the server.
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import type { AreaScore, MyScorecard, NoteKind } from "../api/types";
import { v7 as uuid } from "uuid";

export const cardQuery = (loop: string) =>
  queryOptions({
    queryKey: ["scorecard", loop],
    queryFn: () => answer(api.GET("/api/loops/{id}/scorecard", { params: { path: { id: loop } } })),
    // The keeper holds what is newer; a look back at the page should still hear of other tabs.
    refetchOnWindowFocus: "always",
  });

export const loopQuery = (loop: string) =>
  queryOptions({
    queryKey: ["loop", loop],
    queryFn: () => answer(api.GET("/api/loops/{id}", { params: { path: { id: loop } } })),
  });

export const putArea = (loop: string, area: string, base_rev: number, score: AreaScore): Promise<MyScorecard> =>
  answer(
    api.PUT("/api/loops/{id}/scorecard/areas/{area}", {
      params: { path: { id: loop, area } },
      body: { base_rev, score },
    }),
  );

export const submit = (loop: string): Promise<MyScorecard> =>
  answer(api.POST("/api/loops/{id}/scorecard/submit", { params: { path: { id: loop } } }));

export const amend = (loop: string, area: string, score: AreaScore, reason: string): Promise<MyScorecard> =>
  answer(
    api.POST("/api/loops/{id}/scorecard/amend", { params: { path: { id: loop } }, body: { area, score, reason } }),
  );

export interface LateNote {
  interview: string;
  at_ms: number;
  kind: NoteKind;
  text: string;
  area: string;
}

export const newNoteId = (): string => uuid();

/** A note written down after the interview. Sending the same id twice keeps one note. */
export async function addNote(id: string, note: LateNote): Promise<void> {
  const result = await answer(
    api.POST("/api/interviews/{id}/entries", {
      params: { path: { id: note.interview } },
      body: {
        entries: [
          {
            id,
            at_ms: note.at_ms,
            body: { kind: "note", note: note.kind, text: note.text, area: note.area, signal: null },
          },
        ],
      },
    }),
  );
  const refused = result.results.find((one) => one.id === id)?.refused;
  if (refused) throw new Error(refused);
}
