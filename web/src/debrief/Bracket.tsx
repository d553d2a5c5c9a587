// Who stands apart, drawn under the cells of a row: a bracket over those who assessed the line, a heavy
// foot under whoever stands apart, and the server's sentence. No colour.
import type { CSSProperties } from "react";
import type { DebriefLine } from "../api/types";

type Cells = DebriefLine["cells"];
type Spread = NonNullable<DebriefLine["spread"]>;

export function Bracket({ cells, spread }: { cells: Cells; spread: Spread }) {
  const feet = cells.flatMap((cell, column) =>
    cell.assessed ? [{ column, apart: spread.apart.includes(cell.person_id) }] : [],
  );
  const first = feet[0]?.column ?? 0;
  const last = feet[feet.length - 1]?.column ?? 0;
  // Where nobody is named, all differ; heavy feet everywhere would say nothing.
  const where = last - first > 1 ? "middle" : last === cells.length - 1 && first > 0 ? "ends" : "begins";
  const some = feet.some((foot) => !foot.apart);
  return (
    <span className="bracket" style={{ "--n": cells.length } as CSSProperties}>
      <i className="bracket-line" style={{ "--from": first, "--to": last } as CSSProperties} />
      {feet.map((foot) => (
        <i
          key={foot.column}
          className={foot.apart && some ? "bracket-foot apart" : "bracket-foot"}
          style={{ "--at": foot.column } as CSSProperties}
        />
      ))}
      <em
        className={where === "middle" ? undefined : where}
        style={{ "--at": where === "begins" ? first : where === "ends" ? last : (first + last) / 2 } as CSSProperties}
      >
        {spread.say}
      </em>
    </span>
  );
}
