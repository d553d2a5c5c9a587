// The one way to the server: typed calls, every refusal an ApiError, and word to the connection
// status whenever the server was reached or not. No caching here (that is TanStack Query's part).
import createClient from "openapi-fetch";
import type { paths } from "./schema";
import { ApiError, noAnswer, problemOf } from "./problem";
import { reached, unreachable } from "../shared/connection";

const watchedFetch: typeof fetch = async (input, init) => {
  let response: Response;
  try {
    response = await fetch(input, init);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    unreachable();
    throw noAnswer(cause);
  }
  // A proxy that answers for a stopped server is as good as no answer.
  if (response.status === 502 || response.status === 503 || response.status === 504) unreachable();
  else reached();
  return response;
};

export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: "same-origin",
  headers: { Accept: "application/json", "X-Seatrial": "1" },
  fetch: (request) => watchedFetch(request),
});

api.use({
  async onResponse({ response }) {
    if (!response.ok) throw new ApiError(await problemOf(response));
  },
});

/** The body of an answer. Refusals never get here: they are thrown as ApiError. */
export async function answer<Body>(call: Promise<{ data?: Body }>): Promise<Body> {
  return (await call).data as Body;
}
