// Several kinds of people who come to one box: their ways lie upon each other, so one is drawn for all of them.
import type { Drawn } from "../wasm/practice";

export interface Arrival {
  /** Places of their edges; the first is the one that is drawn. */
  edges: number[];
  /** `shoppers +2`. */
  name: string;
  /** All of them, for whoever wants to know. */
  names: string;
}

/** By the place of the edge that is drawn. A client's edge that is no key here is drawn with another. */
export function arrivals({ boxes, edges }: Drawn): Map<number, Arrival> {
  const to = new Map<number, number[]>();
  edges.forEach((edge, place) => {
    if (boxes[edge.from]?.is === "client") to.set(edge.to, [...(to.get(edge.to) ?? []), place]);
  });
  const nameOf = (place: number) => boxes[edges[place]?.from ?? 0]?.name ?? "";
  return new Map(
    [...to.values()].map((places): [number, Arrival] => {
      const [first = 0, ...more] = places;
      const name = more.length > 0 ? `${nameOf(first)} +${more.length}` : nameOf(first);
      return [first, { edges: places, name, names: places.map(nameOf).join(", ") }];
    }),
  );
}

/** What comes by all of them together; null where nobody knows it of any. */
export function together(rates: readonly (number | null | undefined)[]): number | null {
  const known = rates.filter((rate) => rate !== null && rate !== undefined);
  return known.length > 0 ? known.reduce((sum, rate) => sum + rate, 0) : null;
}
