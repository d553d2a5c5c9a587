// How far this reader is through the agenda. An item counts as visited when every line of it was
// opened; the server keeps visits and decides what they allow. Pure.
import type { AgendaItem } from "../api/types";

export const settled = (item: AgendaItem): boolean => item.visited !== null || item.waived !== null;

/** Items that have just become visited: all their lines opened, and nobody has said so yet. */
export function newlyVisited(agenda: readonly AgendaItem[], opened: ReadonlySet<string>): AgendaItem[] {
  return agenda.filter((item) => !settled(item) && linesLeft(item, opened).length === 0 && isOpened(item, opened));
}

/** Items without lines (deviations) are opened by themselves, under their own id. */
function isOpened(item: AgendaItem, opened: ReadonlySet<string>): boolean {
  return item.lines.length > 0 || opened.has(item.id);
}

export function linesLeft(item: AgendaItem, opened: ReadonlySet<string>): string[] {
  return item.lines.filter((line) => !opened.has(line));
}

export interface Stop {
  item: AgendaItem;
  /** Null: the item itself, which has no lines. */
  line: string | null;
}

/**
 * Where `A` goes: the first line not yet opened of the first item not yet settled; when all are, round
 * the agenda again from where one stands.
 */
export function nextStop(agenda: readonly AgendaItem[], opened: ReadonlySet<string>, here: string | null): Stop | null {
  for (const item of agenda) {
    if (settled(item)) continue;
    const line = linesLeft(item, opened)[0];
    if (line !== undefined) return { item, line };
    if (item.lines.length === 0) return { item, line: null };
  }
  const stops = agenda.flatMap((item): Stop[] =>
    item.lines.length > 0 ? item.lines.map((line) => ({ item, line })) : [{ item, line: null }],
  );
  const at = stops.findIndex((stop) => (stop.line ?? stop.item.id) === here);
  return stops[(at + 1) % Math.max(1, stops.length)] ?? null;
}
