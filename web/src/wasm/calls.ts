// What the WebAssembly module can be asked, and what it answers: crates/wasm/src/exports.rs in types. Both are plain data
// that JSON can hold.
import type { Back, Book, Choices, History, Listed, Opened, Order, Outcome } from "./practice";

/** One mistake at its place: `Mistake` in crates/wasm. */
export interface Mistake {
  file: string;
  /** From 1. */
  line: number;
  /** From 1, in characters. */
  column: number;
  severity: "error" | "warning";
  code: string;
  message: string;
  /** What to do; empty when the message says it. */
  help: string;
  /** The known name nearest to what was written. */
  suggestion: string | null;
  /** As a terminal would show it, underlined; for a fixed-width type. */
  shown: string;
}

/** `Checked` in crates/wasm. */
export interface Checked {
  usable: boolean;
  summary: string;
  diagnostics: Mistake[];
}

/** Arguments and answer of each function, by its name there. */
export interface Calls {
  version: { args: null; answer: string };
  check_kit: { args: Record<string, string>; answer: Checked };
  scenarios: { args: null; answer: Listed[] };
  open: { args: Book; answer: Opened };
  reference: { args: Book & { design: string }; answer: Choices };
  /** The run before it is forgotten. */
  begin: { args: Order; answer: { ends: number; hash: string } };
  /** Milliseconds of virtual time to reach. */
  advance: { args: number; answer: { now: number; ends: number } };
  outcome: { args: null; answer: Outcome };
  history: { args: null; answer: History };
  back: { args: null; answer: Back };
}

export type Name = keyof Calls;
export type Args<N extends Name> = Calls[N]["args"];
export type Answer<N extends Name> = Calls[N]["answer"];
