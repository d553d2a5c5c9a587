// The wire of the live room: what the server sends and takes, in the types of its OpenAPI document. Here stands what the document
// cannot say: that a frame of the live stream holds only the sections that changed, which of them a candidate is never sent, and
// words that the generator knows as texts. v is nanoseconds of virtual time; what the screen calls 0:00 is v === hello.opens.
// Money is in minor units. Nothing here decides anything.
import type { components } from "../api/schema";
import type { Drawn } from "../wasm/practice";

type Told = components["schemas"];

/* Where: an interviewer's is `/api/takes/{take}/…`, a candidate's `/api/c/{token}/room/…` or `…/tutorial/…`. `live` is a stream of
   `hello`, `frame` (at most ten a second) and `gone`; `commands` takes what is sent, and a resend is harmless; `options/{decision}`,
   `traces`, `logs`, `dead`, `part` and `pad` are read when they are wanted. */

export type RoomRef = Told["RoomRef"];

export interface Hello extends Omit<Told["Hello"], "picture"> {
  picture: Drawn;
}
export type MoveDef = Told["MoveDef"];
export type Asks = Told["Asks"];
export type FaultDef = Told["FaultDef"];

export type Clock = Told["Clock"];
export type BoxNow = Told["BoxNow"];
export type EdgeNow = Told["EdgeNow"];
export type Row = Told["Row"];
export type Strip = Told["Strip"];
export type Alert = Told["AlertSeen"];
/** Whether an answer is right, and what is so, are told the panel alone. */
export type Ticket = Told["CandidateTicket"] & Partial<Pick<Told["PanelTicket"], "right" | "truth" | "serial">>;
export type DecisionState = Told["DecisionState"];
export type MoveState = Told["MoveState"];
export type Mark = Told["MarkSeen"];
export type Present = Told["RoomPresent"];
export type FaultState = Told["FaultState"];
export type Truth = Told["Truth"];
export type Looks = Told["Looks"];
export type VoidSpan = Told["VoidSeen"];
export type Verdict = Told["Verdict"];

/** News: sections that changed. A candidate's frames never hold what `PanelFrame` has beyond these first lines. */
export type Frame = Partial<
  Omit<Told["PanelFrame"], "inbox" | "digest" | "samples"> & {
    inbox: { alerts: Alert[]; tickets: Ticket[]; no_alerts: string | null };
    /** Replace everything from index `from` on. */
    samples: Told["Samples"];
  }
>;

export type Options = Told["Options"];
export type DeadLetters = Told["DeadLetters"];
export type PartNow = Told["PartNow"];
/** A name and what it says. */
type Fields = [string, string][];
export type Span = Told["Span"];
export type Trace = Omit<Told["Trace"], "fields"> & { fields: Fields };
export type Traces = Omit<Told["Traces"], "list"> & { list: Trace[] };
export type Logs = Omit<Told["Logs"], "lines"> & { lines: (Omit<Told["LogLine"], "fields"> & { fields: Fields })[] };
export type Pad = Told["Pad"];

// ── what is sent ──
type Command = Told["RoomCommand"];
/** What a move is not asked for is left out. */
type Args = { [Name in keyof Told["MoveArgs"]]?: NonNullable<Told["MoveArgs"][Name]> };
export type Body = Exclude<Command, { kind: "move" }> | { kind: "move"; makes: string; args: Args };
export interface Sent {
  id: string;
  seen_v: number;
  body: Body;
  words?: string;
}
export type Result = Told["Acted"];
export type MadeTake = Told["MadeTake"];
