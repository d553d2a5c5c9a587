// The room's addresses: one base, and what is asked under it. Reads throw a `Problem`'s words; commands say what became of them.
import type { DeadLetters, Logs, Options, PartNow, Sent, Traces } from "../wire";
import type { Delivered } from "./outbox";
import type { Result } from "../wire";

export interface Pad {
  rev: number;
  text: string;
}

/** Why a read was refused, in the server's words; null: nobody answered. */
export class RoomError extends Error {
  readonly status: number | null;
  constructor(words: string, status: number | null) {
    super(words);
    this.status = status;
  }
}

const HEADERS = { Accept: "application/json", "Content-Type": "application/json", "X-Seatrial": "1" };
const TIMEOUT_MS = 20_000;

type Query = Record<string, string | number | boolean | null | undefined>;

export class RoomApi {
  readonly base: string;
  readonly #at: () => number | null;
  /** `at`: the moment whose traces, logs and dead letters are read; null: now. */
  constructor(base: string, at: () => number | null = () => null) {
    this.base = base;
    this.#at = at;
  }

  live = (after: number): string => `${this.base}/live?after=${after}`;
  options = (decision: string): Promise<Options> => this.#get(`/options/${encodeURIComponent(decision)}`);
  traces = (query: Query): Promise<Traces> => this.#get(`/traces${text({ ...query, v: this.#at() })}`);
  logs = (query: Query): Promise<Logs> => this.#get(`/logs${text({ ...query, v: this.#at() })}`);
  dead = (group: string): Promise<DeadLetters> => this.#get(`/dead${text({ group, v: this.#at() })}`);
  part = (box: number): Promise<PartNow> => this.#get(`/part${text({ box, v: this.#at() })}`);
  pad = (): Promise<Pad> => this.#get("/pad");

  /** The pad as it then stands: ours when it was taken, else what somebody else wrote meanwhile. */
  async writePad(base_rev: number, words: string): Promise<{ taken: boolean; pad: Pad }> {
    const response = await this.#ask("/pad", { method: "PUT", body: JSON.stringify({ base_rev, text: words }) });
    if (response.status !== 409 && !response.ok) throw await refusal(response);
    // A refusal brings along what stands there now.
    const answer = (await response.json()) as Pad & { current: Pad };
    return response.ok ? { taken: true, pad: answer } : { taken: false, pad: answer.current };
  }

  deliver = async (commands: Sent[]): Promise<Delivered> => {
    let response: Response;
    try {
      response = await this.#ask("/commands", { method: "POST", body: JSON.stringify({ commands }) });
    } catch {
      return { kind: "unreachable" };
    }
    if (response.ok) return { kind: "answered", results: ((await response.json()) as { results: Result[] }).results };
    // Nobody is signed in, too many at once, or a server in trouble: that says nothing about the commands.
    const passes = [401, 408, 425, 429].includes(response.status) || response.status >= 500;
    return passes ? { kind: "unreachable" } : { kind: "refused", reason: (await refusal(response)).message };
  };

  async #get<Answer>(path: string): Promise<Answer> {
    const response = await this.#ask(path, { cache: "no-store" });
    if (!response.ok) throw await refusal(response);
    return (await response.json()) as Answer;
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(this.base + path, { headers: HEADERS, credentials: "same-origin", signal: AbortSignal.timeout(TIMEOUT_MS), ...init });
    } catch {
      throw new RoomError("The server does not answer right now.", null);
    }
  }
}

function text(query: Query): string {
  const words = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === undefined || value === "" ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return words.length === 0 ? "" : `?${words.join("&")}`;
}

async function refusal(response: Response): Promise<RoomError> {
  const body: unknown = await response.json().catch(() => null);
  const said = (name: string) =>
    typeof body === "object" && body !== null && name in body ? String((body as Record<string, unknown>)[name] ?? "") : "";
  const words = [said("title"), said("detail"), said("fix")].filter(Boolean).map((one) => (/[.!?]$/u.test(one) ? one : `${one}.`));
  return new RoomError(words.join(" ") || `The server refused (${response.status}).`, response.status);
}
