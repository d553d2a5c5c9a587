// An amendment being written: a copy of the submitted score, kept in this browser until it is recorded
// or given up, so that a closed tab costs nothing.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AreaScore } from "../api/types";
import { remembered } from "../shared/store";
import { amend, cardQuery } from "./api";

interface Writing {
  score: AreaScore;
  reason: string;
}

export function useAmend(loop: string, person: string, area: string) {
  const queries = useQueryClient();
  const place = `amend/${loop}/${person}/${area}`;
  const [kept, setKept] = useState<{ place: string; writing: Writing | null }>(() => ({ place, writing: read(place) }));
  const current = kept.place === place ? kept : { place, writing: read(place) };
  if (current !== kept) setKept(current);

  const set = (writing: Writing | null) => {
    remembered.write(place, writing && JSON.stringify(writing));
    setKept({ place, writing });
  };
  const record = useMutation({
    mutationFn: (writing: Writing) => amend(loop, area, writing.score, writing.reason.trim()),
    onSuccess: (card) => {
      set(null);
      queries.setQueryData(cardQuery(loop).queryKey, card);
      void queries.invalidateQueries({ queryKey: ["debrief", loop] });
    },
  });
  return {
    writing: current.writing,
    begin: (score: AreaScore) => set({ score, reason: "" }),
    edit: (change: (score: AreaScore) => AreaScore) =>
      current.writing && set({ ...current.writing, score: change(current.writing.score) }),
    setReason: (reason: string) => current.writing && set({ ...current.writing, reason }),
    cancel: () => set(null),
    record,
  };
}

function read(place: string): Writing | null {
  try {
    const value = JSON.parse(remembered.read(place) ?? "null") as Partial<Writing> | null;
    return value?.score && typeof value.reason === "string" ? { score: value.score, reason: value.reason } : null;
  } catch {
    return null;
  }
}
