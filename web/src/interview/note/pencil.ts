// Pencilled levels: private drafts that never enter the record. A choice that the server has not
// confirmed is kept in this browser and sent again; nobody else's page ever gets it.
import { answer, api } from "../../api/client";
import { statusOf } from "../../api/problem";
import type { Id, Level } from "../../api/types";
import { remembered } from "../../shared/store";

export type Pencilled = Level | "not_assessed" | null;

export interface PencilView {
  levels: Readonly<Record<string, Pencilled>>;
  /** Areas whose choice the server has not confirmed. */
  waiting: readonly string[];
  /** Why the server does not take a choice; null while all is well. */
  refused: string | null;
}

type Send = (area: string, level: Pencilled) => Promise<void>;

export class PencilBox {
  readonly #key: string;
  readonly #send: Send;
  #view: PencilView;
  #listeners = new Set<() => void>();
  #sending = false;
  /** Also in the browser's storage, where that is allowed. */
  #unsent: Record<string, Pencilled>;

  constructor(person: Id, interview: Id, given: Record<string, Pencilled>, send: Send = sendTo(interview)) {
    this.#key = `pencil.${person}.${interview}`;
    this.#send = send;
    this.#unsent = stored(this.#key);
    this.#view = { levels: { ...given, ...this.#unsent }, waiting: Object.keys(this.#unsent), refused: null };
  }

  view = (): PencilView => this.#view;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(area: string, level: Pencilled): void {
    this.#write({ ...this.#unsent, [area]: level });
    this.#show({
      levels: { ...this.#view.levels, [area]: level },
      waiting: [...new Set([...this.#view.waiting, area])],
      refused: null,
    });
    void this.flush();
  }

  /** Sends what waits, the latest choice of each area. Called again when the network is back. */
  async flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (;;) {
        const next = Object.entries(this.#unsent)[0];
        if (!next) return;
        const [area, level] = next;
        await this.#send(area, level);
        // Chosen anew while the old choice was on its way: the new one goes next.
        if (this.#unsent[area] !== level) continue;
        const { [area]: _, ...rest } = this.#unsent;
        this.#write(rest);
        this.#show({ waiting: this.#view.waiting.filter((one) => one !== area) });
      }
    } catch (error) {
      const status = statusOf(error);
      const never = status !== null && status >= 400 && status < 500 && ![401, 408, 429].includes(status);
      if (never) this.#show({ refused: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#sending = false;
    }
  }

  #write(unsent: Record<string, Pencilled>): void {
    this.#unsent = unsent;
    remembered.write(this.#key, Object.keys(unsent).length === 0 ? null : JSON.stringify(unsent));
  }

  #show(change: Partial<PencilView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}

function stored(key: string): Record<string, Pencilled> {
  try {
    return JSON.parse(remembered.read(key) ?? "{}") as Record<string, Pencilled>;
  } catch {
    return {};
  }
}

function sendTo(interview: Id): Send {
  return async (area, level) => {
    await answer(
      api.PUT("/api/interviews/{id}/pencil", { params: { path: { id: interview } }, body: { area, level } }),
    );
  };
}
