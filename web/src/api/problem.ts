// What went wrong, as the server tells it (RFC 9457), or as we tell it when there was no server.
import type { Problem } from "./types";

export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.title, options);
    this.name = "ApiError";
    this.problem = problem;
  }
  /** 0 when nothing answered. */
  get status(): number {
    return this.problem.status;
  }
}

export function noAnswer(cause: unknown): ApiError {
  return new ApiError(
    {
      title: "The server did not answer",
      status: 0,
      detail: "Either the network is down or Seatrial is not running.",
      fix: "Nothing you wrote is gone. Check the connection, then try again.",
    },
    { cause },
  );
}

export async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get("content-type") ?? "";
  if (type.includes("json")) {
    try {
      const body: unknown = await response.json();
      if (isProblem(body)) return { ...body, status: response.status };
    } catch {
      // The body was cut off or not JSON after all; the status alone must do.
    }
  }
  return {
    title: plainTitle(response.status),
    status: response.status,
    detail: `The server answered with status ${response.status} and no explanation.`,
    fix: "Try again; if it stays, tell whoever runs this server, with the time.",
  };
}

/** Any thrown thing as a problem, so that one notice can show it. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return {
    title: "This page stumbled",
    status: 0,
    detail: error instanceof Error ? error.message : String(error),
    fix: "Load the page again. What was shown as saved is saved.",
  };
}

export function statusOf(error: unknown): number | null {
  return error instanceof ApiError ? error.status : null;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && typeof (body as Problem).title === "string";
}

function plainTitle(status: number): string {
  if (status === 401) return "You are not signed in";
  if (status === 403) return "You may not do this";
  if (status === 404) return "Not found";
  if (status >= 500) return "The server failed";
  return "The server refused";
}
