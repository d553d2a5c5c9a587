// The seven lines in one row, kept in sight while an open line has pushed the others away.
import type { DebriefLine, PersonRef } from "../api/types";
import { LevelMark } from "../shared/marks";

interface StripProps {
  lines: DebriefLine[];
  titles: Map<string, string>;
  panel: PersonRef[];
  open: string | null;
  shown: boolean;
  onLine: (area: string) => void;
}

export function Strip({ lines, titles, panel, open, shown, onLine }: StripProps) {
  return (
    <div className="strip-holder">
      <nav className="strip" aria-label="The seven lines" hidden={!shown}>
        {lines.map((line) => (
          <button
            key={line.area}
            type="button"
            className={line.spread ? "differs" : undefined}
            aria-current={open === line.area ? "true" : undefined}
            onClick={() => onLine(line.area)}
          >
            <span className="strip-name">
              <i>{line.number}</i> <span>{titles.get(line.area) ?? line.title}</span>
            </span>
            <span className="strip-marks">
              {line.cells.map((cell) => {
                const who = panel.find((one) => one.id === cell.person_id)?.initials ?? "";
                const level = cell.assessed ? cell.level : null;
                return <LevelMark key={cell.person_id} level={level} word={`${who} ${level ?? "not assessed"}. `} bare />;
              })}
            </span>
          </button>
        ))}
      </nav>
    </div>
  );
}
