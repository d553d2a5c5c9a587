// Many customers who write one after the other are one line of a story, which can be opened; anything else stands for itself.

const FEW = 4;

export function runsOf<Line extends { kind: string }>(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (line.kind === "ticket" && last?.[0]?.kind === "ticket") last.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) => (run.length < FEW ? run.map((line) => [line]) : [run]));
}
