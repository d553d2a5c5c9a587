// CSV as a table: first row as heading, numbers flush right, a count, and a scrolling region.
import Papa from "papaparse";

export function Sheet({ text, title }: { text: string; title: string }) {
  const rows = Papa.parse<string[]>(text.trim(), { skipEmptyLines: true }).data;
  const [head = [], ...body] = rows;
  const numeric = head.map((_, column) => body.length > 0 && body.every((row) => isNumber(row[column] ?? "")));
  return (
    <>
      <div className="scroll sheet-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="sheet-table">
          <thead>
            <tr>
              {head.map((name, column) => (
                <th key={column} scope="col" data-number={numeric[column] || undefined} dir="auto">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {body.map((row, line) => (
              <tr key={line}>
                {head.map((_, column) => (
                  <td key={column} data-number={numeric[column] || undefined} dir="auto">
                    {row[column] ?? ""}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small muted">
        {body.length} {body.length === 1 ? "row" : "rows"}
      </p>
    </>
  );
}

function isNumber(cell: string): boolean {
  return cell === "" || /^-?\d[\d.,]*\s?(?:%|ms|s)?$/u.test(cell);
}
