// The values of strips as they are read, by their unit.
import { clock, count, ms } from "../../system/format";
import type { Hello, Mark, Strip } from "../wire";

export type Coin = Pick<Hello, "currency" | "digits">;

/** Minor units as money; large sums without cents. */
export function money(minor: number, { currency, digits }: Coin): string {
  const value = minor / 10 ** digits;
  const large = Math.abs(value) >= 1000;
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency,
    maximumFractionDigits: large ? 0 : digits,
    minimumFractionDigits: large || Number.isInteger(value) ? 0 : digits,
  }).format(value);
}

export function figure(value: number, unit: Strip["unit"]): string {
  switch (unit) {
    case "per_second":
      return value >= 1000 ? count(Math.round(value)) : value.toFixed(1);
    case "percent":
      return value >= 100 ? "100" : value.toFixed(1);
    case "ms":
      return ms(value);
    case "count":
      return count(Math.round(value));
    case "seconds":
      return clock(value * 1000);
  }
}

/** The same at the axis: without the places behind the point that a round number does not have. */
export function axisFigure(value: number, unit: Strip["unit"]): string {
  if (unit === "per_second" || unit === "percent") return count(Number(value.toFixed(1)));
  if (unit === "ms" && value >= 1000) return `${Number((value / 1000).toFixed(1))} s`;
  if (unit === "ms") return `${value} ms`;
  return figure(value, unit);
}

export interface MarkGroup {
  v: number;
  place: number;
  label: string;
  title: string;
  panel: boolean;
}

const LETTER = 6.4;

/** Labels above the strips: what would lie on a neighbour joins it, and the rest of a crowd is counted. */
export function groupMarks(marks: readonly Mark[], place: (v: number) => number, width: number): MarkGroup[] {
  const groups: (MarkGroup & { labels: string[]; end: number; cut: number })[] = [];
  for (const mark of marks) {
    const at = place(mark.v) * width;
    if (at < -1 || at > width + 1) continue;
    const last = groups.at(-1);
    const meets = last !== undefined && at < last.end + 4;
    // Two kinds do not share a label: the earlier one gives way.
    if (last && meets && last.panel !== mark.panel) last.cut = Math.max(0, Math.floor((at - last.place - 4) / LETTER));
    if (last && meets && last.panel === mark.panel) {
      last.labels.push(mark.label);
      last.title += `\n${mark.text}`;
    } else {
      groups.push({ v: mark.v, place: at, label: "", labels: [mark.label], title: mark.text, panel: mark.panel, end: 0, cut: Infinity });
    }
    const now = groups.at(-1);
    if (!now) continue;
    now.label = now.labels.length > 3 ? `${now.labels.slice(0, 2).join(" ")} +${now.labels.length - 2}` : now.labels.join(" ");
    now.end = now.place + now.label.length * LETTER;
  }
  return groups.map(({ labels: _, end: __, cut, ...group }) => ({ ...group, label: shortened(group.label, cut) }));
}

function shortened(label: string, letters: number): string {
  if (label.length <= letters) return label;
  const first = label.split(" ", 1)[0] ?? "";
  return first.length <= letters ? first : "";
}
