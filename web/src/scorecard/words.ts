// Words of the scorecard that several of its parts say.
import type { NoteKind } from "../api/types";
import { timeOfDay } from "../shared/time";

export const kindWords: Record<NoteKind, string> = { said: "said", did: "did", reading: "my reading" };

export const promptedWord = (prompted: boolean | null): string =>
  prompted === null ? "" : prompted ? "prompted" : "unprompted";

/** `14:52`, from a clock reading of this browser. */
export const clockTime = (ms: number): string => timeOfDay(new Date(ms));
