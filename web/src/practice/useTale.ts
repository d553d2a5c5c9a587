// Tells a run back: runs it again with an eye on those whom it hurt, then the other designs over the same people, then all of
// them over a few other crowds. In a worker of its own, so that whoever opens a customer meanwhile does not wait for it.
import { useEffect, useRef, useState } from "react";
import { Wasm } from "../wasm/client";
import type { Back, Book, Choices, Outcome, Scenario } from "../wasm/practice";
import { backOf } from "./runner";
import { namedIn, seedsAfter } from "./tale";
import type { Run } from "./useSession";

/** One design over the same people. */
export interface Teller {
  /** The reference's name; null for the answers of the run that is told. */
  reference: string | null;
  choices: Choices;
  back: Back;
  /** None for the run that is told, which has its own. */
  outcome: Outcome | null;
}

export interface Tale {
  run: number;
  tellers: Teller[];
  /** Other crowds, each with what every design came to there; only whole ones. */
  crowds: { seed: string; backs: Back[] }[];
}

/** How many other crowds there are to be. */
export const CROWDS = 6;

export interface Telling {
  tale: Tale | null;
  /** What is being computed, and how much of it is done. */
  doing: { what: "tellers" | "crowds"; share: number } | null;
  trouble: string | null;
  stop: () => void;
  /** After a stop: from where it stood. */
  goOn: () => void;
}

export function useTale(book: Book | null, scenario: Scenario | null, run: Run | null, wanted: boolean): Telling {
  const [tale, setTale] = useState<Tale | null>(null);
  const [doing, setDoing] = useState<Telling["doing"]>(null);
  const [trouble, complain] = useState<string | null>(null);
  const [tries, tryAgain] = useState(0);
  const ending = useRef<AbortController | null>(null);
  const kept = useRef(new Map<Run, Tale>());

  useEffect(() => {
    if (!wanted || !scenario || !run || !book) return;
    const before = kept.current.get(run) ?? null;
    setTale(before);
    complain(null);
    if (before && before.crowds.length >= CROWDS) return;
    const wasm = new Wasm();
    const mine = new AbortController();
    ending.current = mine;
    const keep = (next: Tale) => {
      kept.current.set(run, next);
      setTale(next);
    };
    const work = async () => {
      const others = scenario.designs.filter((design) => design !== run.reference);
      // Where no design is named, there is still the system as it was found.
      const found = scenario.designs.length === 0 && Object.keys(run.choices).length > 0;
      const designs: { reference: string | null; choices: Choices | null }[] = [
        { reference: null, choices: run.choices },
        ...others.map((reference) => ({ reference, choices: null })),
        ...(found ? [{ reference: "as found", choices: {} }] : []),
      ];
      const follow = namedIn(run.outcome).map(({ serial }) => serial);
      let told: Tale = before ?? { run: run.id, tellers: [], crowds: [] };
      for (const [at, { reference, choices: known }] of designs.entries()) {
        if (at < told.tellers.length) continue;
        const share = (part: number) => setDoing({ what: "tellers", share: (at + part) / designs.length });
        share(0);
        const choices = known ?? (await wasm.call("reference", { ...book, design: reference ?? "" }, mine.signal));
        const back = await backOf(wasm, { ...book, choices, seed: run.seed, follow }, share, mine.signal);
        const outcome = reference === null ? null : await wasm.call("outcome", null, mine.signal);
        told = { ...told, tellers: [...told.tellers, { reference, choices, back, outcome }] };
        keep(told);
      }
      for (const [at, seed] of seedsAfter(run.seed, CROWDS).entries()) {
        if (at < told.crowds.length) continue;
        const backs: Back[] = [];
        for (const { choices } of told.tellers) {
          const share = (part: number) => setDoing({ what: "crowds", share: (at + (backs.length + part) / told.tellers.length) / CROWDS });
          backs.push(await backOf(wasm, { ...book, choices, seed }, share, mine.signal));
        }
        told = { ...told, crowds: [...told.crowds, { seed, backs }] };
        keep(told);
      }
    };
    work()
      .catch((error: unknown) => {
        if (!mine.signal.aborted) complain(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        if (ending.current === mine) setDoing(null);
        wasm.terminate();
      });
    return () => {
      mine.abort();
      setDoing(null);
    };
  }, [book, scenario, run, wanted, tries]);

  const mine = tale && run && tale.run === run.id ? tale : null;
  return { tale: mine, doing, trouble, stop: () => ending.current?.abort(), goOn: () => tryAgain((n) => n + 1) };
}
