// The live stream of one interview. What the events mean is the session's part.
import type { Entry, Live } from "../../api/types";
import { type LineState, live } from "../../shared/live";

export interface Change {
  entries: Entry[];
  live: Live;
}

export type StreamState = LineState;

interface Hooks {
  /** Asked at every connection, so that only what is newer is sent. */
  after: () => number;
  change: (change: Change) => void;
  state: (state: StreamState) => void;
}

/** Returns the way to close it. */
export function follow(url: (after: number) => string, hooks: Hooks): () => void {
  return live({
    url: () => url(hooks.after()),
    on: { change: (data) => hooks.change(JSON.parse(data) as Change) },
    state: hooks.state,
  });
}
