// What stands in the boxes and on the edges at one moment: figures of the sample that shows it, and what is struck then.
import type { Outcome, Planned, Scenario } from "../../wasm/practice";

export interface BoxFigures {
  /** Requests per second. */
  rate: number | null;
  p99: number | null;
  up: number;
  replicas: number;
  waiting: number;
  degraded: boolean;
  /** What is the matter, when something is. */
  word: string | null;
}

export interface EdgeFigures {
  rate: number | null;
  errors: boolean;
  /** Messages that wait, for an edge out of a topic. */
  waiting: number | null;
  dead: number;
}

const ERRORS_MANY = 0.05;

/** The faults that are on. One without a duration is shown for a minute, so that it can be seen at all. */
export function faultsAt(faults: Planned[], at: number): Planned[] {
  return faults.filter((fault) => at >= fault.at && at < fault.at + (fault.lasts || 60_000));
}

export function boxesAt(scenario: Scenario, outcome: Outcome | null, sample: number, at: number): BoxFigures[] {
  const struck = outcome ? faultsAt(scenario.faults, at).flatMap((fault) => fault.boxes) : [];
  const seconds = outcome ? secondsOf(outcome, sample) : 1;
  return scenario.picture.boxes.map((box, place) => {
    const hit = struck.includes(place);
    const empty: BoxFigures = { rate: null, p99: null, up: 0, replicas: 0, waiting: 0, degraded: hit, word: hit ? "struck" : null };
    if (!outcome) return empty;
    if (box.is === "service") {
      const of = outcome.series.services[box.at];
      if (!of) return empty;
      const get = (figures: number[]) => figures[sample] ?? 0;
      const [answered, refused, failed] = [get(of.answered), get(of.refused), get(of.failed)];
      const [up, replicas] = [get(of.up), get(of.replicas)];
      const wrong = answered + refused > 0 && (failed + refused) / (answered + refused) > ERRORS_MANY;
      const word = up < replicas ? `${replicas - up} down` : wrong ? `${Math.round(((failed + refused) / (answered + refused)) * 100)} % fail` : null;
      return { rate: answered / seconds, p99: get(of.p99), up, replicas, waiting: get(of.waiting), degraded: word !== null, word };
    }
    if (box.is === "provider") {
      const of = outcome.series.providers[box.at];
      const [good, other] = [of?.good[sample] ?? 0, of?.other[sample] ?? 0];
      const share = good + other > 0 ? other / (good + other) : 0;
      const word = share > ERRORS_MANY ? `${Math.round(share * 100)} % unheard` : null;
      return { ...empty, rate: (good + other) / seconds, degraded: hit || word !== null, word: word ?? empty.word };
    }
    return empty;
  });
}

export function edgesAt(scenario: Scenario, outcome: Outcome | null, sample: number): EdgeFigures[] {
  const { boxes, edges } = scenario.picture;
  const seconds = outcome ? secondsOf(outcome, sample) : 1;
  return edges.map((edge): EdgeFigures => {
    const none = { rate: null, errors: false, waiting: null, dead: 0 };
    const [from, to] = [boxes[edge.from], boxes[edge.to]];
    if (!outcome || !from || !to) return none;
    if (edge.carries === "group") {
      const of = outcome.series.groups[edge.group ?? 0];
      const waiting = of?.lag[sample] ?? 0;
      return { rate: null, errors: waiting > WAITING_MANY, waiting, dead: of?.dead[sample] ?? 0 };
    }
    if (edge.carries !== "calls") return none;
    if (from.is === "client") {
      const of = outcome.series.clients[from.at];
      return { ...none, rate: (of?.offered[sample] ?? 0) / seconds };
    }
    // Who called is not counted; where one alone can have, it is known.
    const callers = edges.filter((other) => other.to === edge.to && other.carries !== "rows");
    if (callers.length !== 1) return none;
    if (to.is === "provider") {
      const of = outcome.series.providers[to.at];
      const [good, other] = [of?.good[sample] ?? 0, of?.other[sample] ?? 0];
      return { ...none, rate: (good + other) / seconds, errors: other > ERRORS_MANY * (good + other) && other > 0 };
    }
    const of = outcome.series.services[to.at];
    const [answered, failed, refused] = [of?.answered[sample] ?? 0, of?.failed[sample] ?? 0, of?.refused[sample] ?? 0];
    return { ...none, rate: answered / seconds, errors: (failed + refused) > ERRORS_MANY * (answered + refused) && failed + refused > 0 };
  });
}

/** More than a handful: a queue and not what happens to be on its way. */
const WAITING_MANY = 50;

function secondsOf({ series }: Outcome, sample: number): number {
  const [before, end] = [series.at[sample - 1] ?? 0, series.at[sample] ?? 0];
  return Math.max(0.001, (end - before) / 1000);
}
