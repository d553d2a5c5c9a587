// Beside a figure of a finished room, how it comes out with other seeds: a small box plot, and the same in words.
import { useQuery } from "@tanstack/react-query";
import { spreadQuery } from "./api";
import { boxOf, type SpreadRow, spreadWords } from "./spread";

export interface Spreads {
  rows: ReadonlyMap<string, SpreadRow>;
  done: number;
  of: number;
}

/** Asking begins it. A few of the others say little: figures are shown when all are there. */
export function useSpread(take: string, wanted: boolean): Spreads | null {
  const { data } = useQuery({ ...spreadQuery(take), enabled: wanted });
  if (!data) return null;
  return { rows: new Map(data.done < data.of ? [] : data.rows.map((row) => [row.promise, row])), done: data.done, of: data.of };
}

export function SpreadProgress({ spread }: { spread: Spreads | null }) {
  if (!spread || spread.done >= spread.of) return null;
  return (
    <p className="rm-line small muted rp-progress">
      <progress max={spread.of} value={spread.done} aria-label="Other seeds played" /> The same decisions with other seeds: {spread.done} of {spread.of} played.
    </p>
  );
}

const WIDE = 96;

export function SpreadLine({ row, of }: { row: SpreadRow; of: number }) {
  const box = boxOf(row);
  const x = (share: number) => 2 + share * (WIDE - 4);
  return (
    <span className="rp-spread muted">
      <svg width={WIDE} height="12" aria-hidden="true">
        <path d={`M${x(box.low)} 6H${x(box.high)}`} />
        <rect x={x(box.p25)} y="2.5" width={Math.max(1, x(box.p75) - x(box.p25))} height="7" />
        <path className="median" d={`M${x(box.median)} 2.5v7`} />
        <circle cx={x(box.mine)} cy="6" r="2.5" />
      </svg>
      <span>{spreadWords(row, of)}</span>
    </span>
  );
}
