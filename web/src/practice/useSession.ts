// Everything that this page knows: the scenario, the decisions as they stand, the runs of this visit, and whom one looks at.
// The module computes; this asks it, one thing at a time, and remembers what it said.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Wasm, WasmError } from "../wasm/client";
import type { Book, Choices, History, Listed, Outcome, Scenario } from "../wasm/practice";
import { changed, sameChoices } from "./compare";
import { bare, decode, encode, scenarioIn, type Shared } from "./link";
import { type Previewed, stillAnswers } from "./preview";
import { historyOf, runThrough } from "./runner";

export interface Run {
  id: number;
  seed: string;
  choices: Choices;
  /** The name of the reference design that it was, if it was one. */
  reference: string | null;
  outcome: Outcome;
  /** What it took to compute. */
  tookMs: number;
}

interface Busy {
  what: "run" | "history";
  share: number;
}

const FIRST = "charged-not-settled";
const RUNS_KEPT = 12;
const historyId = (run: Run, serial: number) => `${run.id}:${serial}`;

/** With `preview`, the scenario is the file that somebody is writing, as it last held; null as long as none has. */
export function useSession(preview?: Previewed | null) {
  const [wasm] = useState(() => new Wasm());
  const [sent, setSent] = useState<Shared | null>(() => decode(location.hash));
  const [id, setId] = useState(() => sent?.scenario ?? scenarioIn(location.hash) ?? FIRST);
  const previewing = preview !== undefined;
  const given = preview?.book ?? null;
  const book = useMemo<Book | null>(() => (previewing ? given : { scenario: id }), [previewing, given, id]);
  const [shipped, setShipped] = useState<Listed[]>([]);
  const [scenario, setScenario] = useState<Scenario | null>(null);
  const [trouble, complain] = useState<string | null>(null);
  const [choices, setChoices] = useState<Choices>(sent?.choices ?? {});
  const [seed, setSeed] = useState(sent?.seed ?? "1");
  const [runs, setRuns] = useState<Run[]>([]);
  const [currentId, show] = useState<number | null>(null);
  const [againstId, compareWith] = useState<number | null>(null);
  const [looking, setLooking] = useState<number | null>(sent?.key ?? null);
  const [telling, tell] = useState(sent?.tell ?? false);
  const [histories, setHistories] = useState<ReadonlyMap<string, History>>(new Map());
  const [busy, setBusy] = useState<Busy | null>(null);
  const ending = useRef<{ what: Busy["what"]; by: AbortController } | null>(null);
  const numbers = useRef(0);
  const kept = useRef<Run[]>([]);
  // The module has one desk: what is asked while it is in use waits.
  const turn = useRef<Promise<unknown>>(Promise.resolve());

  const guarded = useCallback(
    async (what: Busy["what"], work: (tell: (share: number) => void, signal: AbortSignal) => Promise<void>) => {
      const mine = new AbortController();
      // Whoever wants another run does not wait for the one before; a history waits for its run.
      if (what === "run" || ending.current?.what === "history") ending.current?.by.abort();
      ending.current = { what, by: mine };
      const before = turn.current;
      const done = (async () => {
        await before.catch(() => {});
        if (mine.signal.aborted) return;
        setBusy({ what, share: 0 });
        try {
          await work((share) => setBusy({ what, share }), mine.signal);
          complain(null);
        } catch (error) {
          if (!mine.signal.aborted) complain(error instanceof WasmError || error instanceof Error ? error.message : String(error));
        } finally {
          if (ending.current?.by === mine) {
            ending.current = null;
            setBusy(null);
          }
        }
      })();
      turn.current = done;
      await done;
    },
    [],
  );

  // Whether a newer file is to be run as the one before was.
  const ranBefore = useRef(false);
  const renew = useRef(false);
  useEffect(() => {
    if (!book) return;
    const gone = new AbortController();
    wasm.call("open", book, gone.signal).then(
      (opened) => {
        if ("scenario" in opened) {
          if (previewing) {
            // Runs of another file are of another system; its questions and customers may be the same.
            renew.current = ranBefore.current;
            kept.current = [];
            numbers.current = 0;
            setRuns([]);
            setHistories(new Map());
            setChoices((before) => stillAnswers(opened.scenario.decisions, before));
          }
          setScenario(opened.scenario);
        } else complain(opened.mistakes[0]?.shown ?? "The scenario has mistakes.");
      },
      (error: unknown) => {
        if (!gone.signal.aborted) complain(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      gone.abort();
      ending.current?.by.abort();
      wasm.terminate();
    };
  }, [wasm, book, previewing]);

  // After the scenario itself, for which somebody waits. Without the list there is nothing to choose, and nothing to complain of.
  const ready = scenario !== null && shipped.length === 0 && !previewing;
  useEffect(() => {
    if (ready) wasm.call("scenarios", null).then(setShipped, () => {});
  }, [wasm, ready]);

  /** Another scenario: nothing of this one means anything there. */
  const open = useCallback((next: string) => {
    ending.current?.by.abort();
    kept.current = [];
    numbers.current = 0;
    setSent(null);
    setScenario(null);
    complain(null);
    setChoices({});
    setSeed("1");
    setRuns([]);
    show(null);
    compareWith(null);
    setLooking(null);
    tell(false);
    setHistories(new Map());
    setId(next);
    history.replaceState(null, "", bare(next));
  }, []);

  const run = useCallback(
    async (order: { choices: Choices; seed: string; reference?: string }) =>
      guarded("run", async (tell, signal) => {
        if (!book) return;
        const since = performance.now();
        ranBefore.current = true;
        const outcome = await runThrough(wasm, { ...book, choices: order.choices, seed: order.seed }, tell, signal);
        const made: Run = {
          id: ++numbers.current,
          seed: order.seed,
          choices: order.choices,
          reference: order.reference ?? null,
          outcome,
          tookMs: performance.now() - since,
        };
        // What it is compared with stays, as long as the customers are the same; otherwise it is the run before.
        const alike = kept.current.filter((one) => one.seed === made.seed);
        compareWith((one) => (alike.find((run) => run.id === one) ?? alike.at(-1))?.id ?? null);
        kept.current = [...kept.current, made].slice(-RUNS_KEPT);
        setRuns(kept.current);
        show(made.id);
      }),
    [guarded, wasm, book],
  );

  const current = runs.find((one) => one.id === currentId) ?? null;
  const against = runs.find((one) => one.id === againstId && one.id !== currentId && one.seed === current?.seed) ?? null;

  // A link runs by itself: whoever opens it wants to see what was sent.
  const opened = useRef(false);
  useEffect(() => {
    if (!scenario || !sent || opened.current) return;
    opened.current = true;
    void run({ choices: sent.choices, seed: sent.seed });
  }, [scenario, sent, run]);

  // What was saved is run as the version before was, with the same customers.
  useEffect(() => {
    if (!scenario || !renew.current) return;
    renew.current = false;
    void run({ choices: changed(scenario.decisions, choices), seed });
  }, [scenario, choices, seed, run]);

  // The histories that are in sight, made by running again.
  useEffect(() => {
    if (looking === null || !current || !book) return;
    const missing = [against, current].filter((one): one is Run => one !== null && !histories.has(historyId(one, looking)));
    if (missing.length === 0) return;
    void guarded("history", async (tell, signal) => {
      const made: [string, History][] = [];
      for (const [at, one] of missing.entries()) {
        const order = { ...book, choices: one.choices, seed: one.seed, watch: looking };
        const told = await historyOf(wasm, order, (share) => tell((at + share) / missing.length), signal);
        made.push([historyId(one, looking), told]);
      }
      setHistories((before) => new Map([...before, ...made]));
    });
  }, [looking, current, against, histories, guarded, wasm, book]);

  const link = useMemo(() => {
    // A file that nobody else has cannot be sent as a link.
    if (!scenario || !current || previewing) return null;
    const { digest, hash } = current.outcome;
    return encode({ scenario: id, hash, seed: current.seed, choices: current.choices, key: looking, digest, tell: telling });
  }, [scenario, current, previewing, id, looking, telling]);
  useEffect(() => {
    if (link) history.replaceState(null, "", link);
  }, [link]);

  const historyIn = (one: Run | null) => (one && looking !== null ? (histories.get(historyId(one, looking)) ?? null) : null);
  return {
    id,
    book,
    shipped,
    open,
    scenario,
    trouble,
    busy,
    choices,
    seed,
    runs,
    current,
    against,
    looking,
    /** How many runs there were on this visit; none is forgotten here. */
    made: runs.at(-1)?.id ?? 0,
    sent,
    link,
    here: historyIn(current),
    there: historyIn(against),
    /** Whether a run would tell anything new. */
    // A reference keeps its answers to itself, so also whether they are one's own.
    stale: !current || !scenario || current.reference !== null || current.seed !== seed || !sameChoices(scenario.decisions, current.choices, choices),
    choose: (name: string, answer: string) => setChoices((before) => ({ ...before, [name]: answer })),
    start: () => run({ choices: scenario ? changed(scenario.decisions, choices) : choices, seed }),
    /** Others arrive: everything that one compares is of the same, so the comparison begins anew. */
    newCustomers: () => {
      const next = String(BigInt(seed) + 1n);
      setSeed(next);
      setLooking(null);
      void run({ choices: scenario ? changed(scenario.decisions, choices) : choices, seed: next });
    },
    reference: async (design: string) => {
      if (!book) return;
      const answers = await wasm.call("reference", { ...book, design });
      await run({ choices: answers, seed, reference: design });
    },
    telling: telling && current !== null,
    tell,
    /** One person in this run and under another design: that run joins those of this visit. */
    lookUnder: (serial: number, other: { reference: string; choices: Choices; outcome: Outcome } | null) => {
      if (other && current) {
        const known = kept.current.find((one) => one.seed === current.seed && one.outcome.digest === other.outcome.digest && one.id !== current.id);
        const made = known ?? { id: ++numbers.current, seed: current.seed, ...other, tookMs: 0 };
        if (!known) {
          const rest = kept.current.filter((one) => one !== current).slice(2 - RUNS_KEPT);
          kept.current = [...rest, current, made].sort((one, next) => one.id - next.id);
          setRuns(kept.current);
        }
        compareWith(made.id);
      } else compareWith(null);
      setLooking(serial);
    },
    cancel: () => ending.current?.by.abort(),
    show: (one: Run) => {
      show(one.id);
      setSeed(one.seed);
      if (!one.reference) setChoices(one.choices);
    },
    compareWith: (one: Run | null) => compareWith(one?.id ?? null),
    look: setLooking,
  };
}

export type Session = ReturnType<typeof useSession>;
