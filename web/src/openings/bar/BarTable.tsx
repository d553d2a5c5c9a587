// A bar to be read: seven lines, each with its level or none, and the reason.
import type { BarLine, Kit } from "../../api/types";
import { LevelMark } from "../../shared/marks";

export function BarTable({ lines, kit }: { lines: BarLine[]; kit: Kit }) {
  return (
    <table className="table bar-table">
      <thead>
        <tr>
          <th scope="col">Line</th>
          <th scope="col">Bar</th>
          <th scope="col">Reason</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const area = kit.areas.find((one) => one.id === line.area);
          return (
            <tr key={line.area}>
              <th scope="row">
                <span className="muted">{area?.number}</span> {area?.line.title ?? line.area}
              </th>
              <td>{line.level ? <LevelMark level={line.level} /> : <span className="muted">no bar</span>}</td>
              <td className="prose" dir="auto">
                {line.reason}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
