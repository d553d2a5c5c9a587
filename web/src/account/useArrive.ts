// After signing in by whatever door: remember who it is, then go on.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { meQuery } from "../api/queries";
import type { Me } from "../api/types";

export function useArrive() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return async (me: Me, to: string): Promise<void> => {
    // Whatever was read before belongs to somebody else.
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "kit" });
    queries.setQueryData(meQuery.queryKey, me);
    await navigate(to, { replace: true });
  };
}
