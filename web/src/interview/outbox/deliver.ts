// Delivery over HTTP: which answers mean "taken", "later", "not as this person" or "never".
import { ApiError } from "../../api/problem";
import { answer, api } from "../../api/client";
import type { Id, NewEntry } from "../../api/types";
import type { Deliver, Outcome } from "./outbox";

/** Answers that say nothing about the entries: too slow, too many at once, or a server in trouble. */
function passes(status: number): boolean {
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
}

export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof ApiError) || passes(error.status)) return { kind: "unreachable" };
  if (error.status === 401) return { kind: "signed_out" };
  const { title, detail, fix } = error.problem;
  return { kind: "refused", reason: [title, detail, fix].filter(Boolean).join(". ").replaceAll("..", ".") };
}

const TIMEOUT_MS = 20_000;
/** How long the answer to "who is signed in?" is believed. */
const TRUST_MS = 30_000;

/**
 * The session's cookie is shared by all tabs, so somebody else may have signed in meanwhile. Their
 * name must not stand under these notes; we ask who it is before sending, unless we just did.
 */
export function deliverAs(person: Id, now: () => number = Date.now): Deliver {
  let sure_until = 0;
  return async (interview: Id, entries: NewEntry[]): Promise<Outcome> => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      if (now() > sure_until) {
        const me = await answer(api.GET("/api/me", { signal }));
        if (me.person?.id !== person) return { kind: "signed_out" };
        sure_until = now() + TRUST_MS;
      }
      const result = await answer(
        api.POST("/api/interviews/{id}/entries", {
          params: { path: { id: interview } },
          body: { entries },
          signal,
        }),
      );
      return { kind: "answered", result };
    } catch (error) {
      sure_until = 0;
      return outcomeOf(error);
    }
  };
}
