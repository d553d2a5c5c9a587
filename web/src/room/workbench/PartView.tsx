// The box in focus as its operator's tools show it now: instances, settings, partitions, the journal, jobs. Read anew while time runs.
import { useEffect } from "react";
import { useRoom, useSession } from "../session/hooks";
import { findTraces, useUiStore } from "../ui";
import type { PartNow } from "../wire";
import { useRead } from "./useRead";

const ANEW_MS = 2_000;

export function PartView({ box }: { box: number }) {
  const session = useSession();
  const running = useRoom((state) => state.clock.running);
  const happened = useRoom((state) => state.marks.length);
  const { data, error, follow } = useRead<PartNow>();
  useEffect(() => {
    const ask = () => follow(String(box), () => session.api.part(box));
    ask();
    if (!running) return;
    const again = setInterval(() => document.visibilityState === "visible" && ask(), ANEW_MS);
    return () => clearInterval(again);
  }, [box, running, happened, session, follow]);
  if (error && !data) {
    return (
      <p className="rm-line small" role="alert">
        {error}
      </p>
    );
  }
  if (!data || data.tables.length === 0) return null;
  return (
    <section className="rm-part" aria-label={`${data.name}, now`}>
      {data.tables.map((one) => (
        <Facts key={one.title} table={one} />
      ))}
    </section>
  );
}

function Facts({ table }: { table: PartNow["tables"][number] }) {
  const ui = useUiStore();
  return (
    <div className="rm-part-table">
      <h3>
        {table.title} {table.says && <span className="muted small">{table.says}</span>}
      </h3>
      {table.rows.length > 0 && (
        <div className="rm-part-scroll" tabIndex={0} role="group" aria-label={table.title}>
          <table>
            {table.columns.some((one) => one !== "") && (
              <thead>
                <tr>
                  {table.columns.map((one) => (one === "" ? <td key="" /> : <th key={one} scope="col">{one}</th>))}
                </tr>
              </thead>
            )}
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.cells[0]} className={row.degraded ? "bad" : undefined}>
                  {row.cells.map((cell, place) =>
                    place > 0 ? (
                      <td key={place}>{cell}</td>
                    ) : (
                      <th key={place} scope="row">
                        {row.key === null ? (
                          cell
                        ) : (
                          <button type="button" className="link" onClick={() => findTraces(ui, row.key ?? "")}>
                            {cell}
                          </button>
                        )}
                      </th>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
