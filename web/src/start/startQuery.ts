// What the start page shows: openings, debts, recent records.
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";

export const startQuery = queryOptions({
  queryKey: ["start"],
  queryFn: () => answer(api.GET("/api/start")),
});
