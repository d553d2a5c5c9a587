// What each strip shows: its series, its scale, and the figures beside it.
import type { Outcome, Scenario } from "../../wasm/practice";
import { capital, count, money, ms, plain } from "../format";

export interface Line {
  name: string;
  values: number[];
  /** Its figure at a sample, beside the plot. */
  said: (sample: number) => string;
  tone: "ink" | "quiet" | "amber" | "red";
  strong?: boolean;
  /** Filled below, for what piles up. */
  area?: boolean;
  /** Of the run that is compared with. */
  ghost?: boolean;
}

export interface Strip {
  title: string;
  unit: string;
  lines: Line[];
  /** Bottom and top of the scale; with `log`, both above zero. */
  low: number;
  high: number;
  log?: boolean;
  /** The grid's one labelled value. */
  mark: { value: number; label: string };
  /** Known to the oracle alone. */
  truth?: boolean;
  /** There is nothing to show once nobody comes any more. */
  untilClosed?: boolean;
}

/** `before`: the run that is compared with, and its number. */
export function strips(scenario: Scenario, outcome: Outcome, before: { outcome: Outcome; id: number } | null): Strip[] {
  return [...traffic(scenario, outcome), waiting(scenario, outcome), harm(scenario, outcome, before)];
}

function traffic(scenario: Scenario, outcome: Outcome): Strip[] {
  const { series } = outcome;
  const client = series.clients[0];
  if (!client) return [];
  const seconds = series.at.map((end, n) => Math.max(0.001, (end - (series.at[n - 1] ?? 0)) / 1000));
  const perSecond = (values: number[]) => values.map((value, n) => value / (seconds[n] ?? 1));
  const share = (part: number[], rest: number[]) =>
    part.map((value, n) => (value + (rest[n] ?? 0) > 0 ? (100 * value) / (value + (rest[n] ?? 0)) : 0));
  const [offered, good] = [perSecond(client.offered), perSecond(client.good)];
  const closes = scenario.warm_up + scenario.play;
  // The last sample of the play may hold a single request, and sets no scale.
  const open = (values: number[]) => values.filter((_, n) => (series.at[n] ?? 0) > scenario.warm_up && (series.at[n] ?? 0) < closes);
  const busiest = nice(Math.max(...open(offered), ...open(good)));
  const one = (values: number[]) => (sample: number) => (values[sample] ?? 0).toFixed(1);
  const failed = share(client.bad, client.good);
  const provider = series.providers[0];
  const unheard = provider ? share(provider.other, provider.good) : null;
  const highest = nice(Math.max(5, ...open(failed), ...open(unheard ?? [])));
  const latency = (values: number[], name: string, strong: boolean): Line => ({
    name,
    values,
    said: (sample) => ms(values[sample] ?? 0),
    tone: strong ? "ink" : "quiet",
    strong,
  });
  const slowest = Math.max(1000, ...client.p99);
  return [
    {
      title: capital(plain(scenario.clients[0] ?? "")),
      unit: "requests per second",
      untilClosed: true,
      low: 0,
      high: busiest,
      mark: { value: busiest / 1.25, label: String(Math.round(busiest / 1.25)) },
      lines: [
        { name: "offered", values: offered, said: one(offered), tone: "quiet" },
        { name: "good", values: good, said: one(good), tone: "ink", strong: true },
      ],
    },
    {
      title: "No good answer",
      unit: "per cent",
      untilClosed: true,
      low: 0,
      high: highest,
      mark: { value: highest / 1.25, label: `${Math.round(highest / 1.25)} %` },
      lines: [
        ...(unheard ? [{ name: `from ${scenario.providers[0]}`, values: unheard, said: one(unheard), tone: "quiet" as const }] : []),
        { name: `to ${scenario.clients[0]}`, values: failed, said: one(failed), tone: "ink", strong: true },
      ],
    },
    {
      title: "Latency",
      unit: "log scale",
      untilClosed: true,
      low: 50,
      high: slowest * 1.2,
      log: true,
      mark: { value: 1000, label: "1 s" },
      lines: [latency(client.p99, "p99", true), latency(client.p90, "p90", false), latency(client.p50, "p50", false)],
    },
  ];
}

function waiting(scenario: Scenario, { series }: Outcome): Strip {
  const lines = series.groups.map((group, at): Line => {
    const many = Math.max(...group.lag) > 50;
    return {
      name: scenario.groups[at]?.[1] ?? "",
      values: group.lag,
      said: (sample) => count(group.lag[sample] ?? 0),
      tone: many ? "amber" : "quiet",
      strong: many,
      area: many,
    };
  });
  const high = nice(Math.max(50, ...lines.flatMap((line) => line.values)));
  return { title: "Waiting", unit: "messages, by reader", low: 0, high, mark: { value: high / 1.25, label: count(Math.round(high / 1.25)) }, lines };
}

function harm(scenario: Scenario, { series }: Outcome, before: { outcome: Outcome; id: number } | null): Strip {
  const lines = scenario.invariants.flatMap((promise, at): Line[] => {
    const values = series.broken[at] ?? [];
    if (promise.kind === "at_end") return [];
    const then = before?.outcome.series.broken[at];
    const ghost = (values: number[]): Line => ({
      name: `${plain(promise.name)}, run ${before?.id}`,
      values,
      said: (sample) => count(values[sample] ?? 0),
      tone: "quiet",
      ghost: true,
    });
    return [
      ...(then && promise.hurts === "customer" ? [ghost(then)] : []),
      {
        name: plain(promise.name),
        values,
        said: (sample) => count(values[sample] ?? 0),
        tone: promise.hurts === "customer" ? "red" : "amber",
        strong: promise.hurts === "customer",
      },
    ];
  });
  const high = Math.max(10, ...lines.flatMap((line) => line.values)) * 1.5;
  const costs = (sample: number) => money(scenario, series.cost[sample] ?? 0);
  return {
    title: "Promises broken",
    unit: "so far, log scale",
    low: 0.8,
    high,
    log: true,
    mark: high > 300 ? { value: 100, label: "100" } : { value: 10, label: "10" },
    truth: true,
    lines: [...lines, { name: "cost", values: [], said: costs, tone: "quiet" }],
  };
}

/** The top of a scale: a round number and a quarter more, so that the highest line does not touch. */
function nice(highest: number): number {
  if (highest <= 0) return 1.25;
  const power = 10 ** Math.floor(Math.log10(highest));
  const round = [1, 2, 3, 4, 5, 8, 10].find((step) => step * power >= highest) ?? 10;
  return round * power * 1.25;
}
