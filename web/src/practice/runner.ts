// Runs in the worker, a slice at a time, so that the page can say how far it is, and end it.
import type { Wasm } from "../wasm/client";
import type { Back, History, Order, Outcome } from "../wasm/practice";

export type Progress = (share: number) => void;

/** A slice is two minutes of the scenario's time: some tens of milliseconds of ours. */
const SLICE = 120_000;

async function through(wasm: Wasm, order: Order, tell: Progress, signal: AbortSignal): Promise<void> {
  const { ends } = await wasm.call("begin", order, signal);
  for (let now = 0; now < ends; ) {
    ({ now } = await wasm.call("advance", Math.min(ends, now + SLICE), signal));
    tell(now / ends);
  }
}

export async function runThrough(wasm: Wasm, order: Order, tell: Progress, signal: AbortSignal): Promise<Outcome> {
  await through(wasm, order, tell, signal);
  return wasm.call("outcome", null, signal);
}

/** The same run again, recording one customer. */
export async function historyOf(wasm: Wasm, order: Order & { watch: number }, tell: Progress, signal: AbortSignal): Promise<History> {
  await through(wasm, order, tell, signal);
  return wasm.call("history", null, signal);
}

/** The same run again, told back with the fates of those who are followed. */
export async function backOf(wasm: Wasm, order: Order, tell: Progress, signal: AbortSignal): Promise<Back> {
  await through(wasm, order, tell, signal);
  return wasm.call("back", null, signal);
}
