// The rubric: behaviours across three levels, read row by row before a level is given.
import type { Area, Level } from "../../api/types";
import { LevelMark } from "../../shared/marks";

const levels: readonly { level: Level; word: string }[] = [
  { level: "weak", word: "Weak" },
  { level: "good", word: "Good" },
  { level: "excellent", word: "Excellent" },
];

export function RubricTable({ area }: { area: Area }) {
  const numbers = (ids: string[]) =>
    ids
      .map((id) => area.signals.findIndex((signal) => signal.id === id) + 1)
      .filter((n) => n > 0)
      .sort((a, b) => a - b);
  return (
    <table className="kit-rubric">
      <thead>
        <tr>
          <td />
          {levels.map(({ level, word }) => (
            <th key={level} scope="col">
              <LevelMark level={level} word={word} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {area.rubric.behaviours.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <span dir="auto">{row.title}</span>
              {row.signals.length > 0 && (
                <span className="muted small">
                  {row.signals.length === 1 ? "signal" : "signals"} {numbers(row.signals).join(", ")}
                </span>
              )}
            </th>
            {levels.map(({ level, word }) => (
              <td key={level} data-label={word} dir="auto">
                {row[level]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">As a whole</th>
          {levels.map(({ level, word }) => (
            <td key={level} data-label={word} dir="auto">
              {area.rubric[level]}
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  );
}
