// A bar as a sentence: "Excellent in Consistency; good in Architecture and Testing; none set for
// Deployment." The most common level is "the rest" when it stands in most lines.
import type { Level } from "../api/types";
import { listed } from "./names";

interface Line {
  area: string;
  /** The debrief calls it `bar`, the opening `level`. */
  bar: Level | null;
}

export function barInWords(lines: readonly Line[], titles: ReadonlyMap<string, string>): string {
  const of = (level: Level | null) => lines.filter((line) => line.bar === level).map((line) => titles.get(line.area) ?? line.area);
  const groups = (["excellent", "good", "weak"] as const)
    .map((level) => ({ level, areas: of(level) }))
    .filter((group) => group.areas.length > 0);
  const none = of(null);
  if (groups.length === 0) return "No line has a bar.";
  const most = [...groups].sort((a, b) => b.areas.length - a.areas.length)[0];
  const parts = groups
    .sort((a, b) => Number(a === most) - Number(b === most))
    .map((group) =>
      group === most && groups.length + (none.length > 0 ? 1 : 0) > 1 && group.areas.length > 2
        ? `${group.level} in the rest`
        : group.areas.length === lines.length
          ? `${group.level} in every line`
          : `${group.level} in ${listed(group.areas)}`,
    );
  if (none.length > 0) parts.push(`none set for ${listed(none)}`);
  const text = parts.join(", ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
