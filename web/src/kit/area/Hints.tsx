// The phases of a full interview: minutes, what each is for, and its three hints from faint to plain.
import type { Area } from "../../api/types";

export function Hints({ area }: { area: Area }) {
  return (
    <table className="kit-hints">
      <thead>
        <tr>
          <th scope="col">Phase</th>
          <th scope="col">First hint</th>
          <th scope="col">Second</th>
          <th scope="col">Third</th>
        </tr>
      </thead>
      <tbody>
        {area.phases.map((phase) => (
          <tr key={phase.id}>
            <th scope="row">
              <b dir="auto">{phase.title}</b>
              <span className="muted small">{phase.minutes} min</span>
            </th>
            {phase.hints.map((hint, i) => (
              <td key={i} data-label={`${i + 1}`} dir="auto">
                {hint}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
