// Log lines, newest first, by service, level and words. A line opens its fields; a field's value finds its traces.
import { useEffect, useState } from "react";
import { count } from "../../system/format";
import { useClock, useMay } from "../parts";
import { useRoom, useSession } from "../session/hooks";
import { findTraces, useUi, useUiStore } from "../ui";
import type { Logs as Found } from "../wire";
import { FindForm } from "./FindForm";
import { useRead } from "./useRead";

interface Query {
  text: string;
  service: string;
  level: string;
}

const LIMIT = 200;

export function Logs() {
  const session = useSession();
  const may = useMay();
  const drawn = useRoom((state) => state.hello.picture);
  const focus = useUi((ui) => ui.focus);
  const focused = focus === null || drawn.boxes[focus]?.is !== "service" ? "" : (drawn.boxes[focus]?.name ?? "");
  const [query, setQuery] = useState<Query>({ text: "", service: focused, level: "" });
  const { data, error, busy, read } = useRead<Found>();
  const search = (what: Query) =>
    read(
      () => session.api.logs({ text: what.text.trim(), service: what.service, level: what.level, limit: LIMIT }),
      (found) => {
        const words = [what.text.trim(), what.service && `in ${what.service}`, what.level].filter(Boolean).join(", ");
        if (words && may) session.send("search", { kind: "search", where: "logs", query: words, found: found.total });
      },
    );
  useEffect(() => {
    const next = { ...query, service: focused };
    setQuery(next);
    search(next);
  }, [focused]);
  const change = (more: Partial<Query>, now = false) => {
    const next = { ...query, ...more };
    setQuery(next);
    if (now) search(next);
  };
  return (
    <div className="rm-search">
      <FindForm
        id="rm-find-logs"
        label="Words in the line"
        placeholder="words, or a key"
        text={query.text}
        onText={(text) => change({ text })}
        service={query.service}
        onService={(service) => change({ service }, true)}
        onFind={() => search(query)}
      >
        <select className="input" aria-label="Level" value={query.level} onChange={(event) => change({ level: event.target.value }, true)}>
          <option value="">any level</option>
          <option value="error">errors</option>
          <option value="warn">warnings</option>
          <option value="info">info</option>
        </select>
      </FindForm>
      {error ? (
        <p className="rm-line" role="alert">
          {error}
        </p>
      ) : (
        data && (
          <>
            <p className="rm-line small muted" role="status">
              {busy
                ? "Looking …"
                : data.total > data.lines.length
                  ? `${data.lines.length} newest of ${count(data.total)} lines`
                  : `${count(data.total)} ${data.total === 1 ? "line" : "lines"}`}
            </p>
            {data.lines.length === 0 && <p className="rm-quiet muted">Nobody has logged anything like that.</p>}
            <Lines lines={data.lines} />
          </>
        )
      )}
    </div>
  );
}

function Lines({ lines }: { lines: Found["lines"] }) {
  const at = useClock();
  const ui = useUiStore();
  const [opened, open] = useState<number | null>(null);
  useEffect(() => open(null), [lines]);
  return (
    <ol className="rm-lines">
      {[...lines].reverse().map((line, place) => (
        <li key={place}>
          <button type="button" className="rm-log" aria-expanded={opened === place} onClick={() => open(opened === place ? null : place)}>
            <time className="muted">{at(line.stamp)}</time>
            <span className={line.level === "info" ? "muted" : "rm-level-word"}>{line.level}</span>
            <span className="rm-log-who">
              {line.service}
              {line.replica !== null && <span className="muted"> {line.replica}</span>}
            </span>
            <span className="rm-log-text" dir="auto">
              {line.text}
            </span>
          </button>
          {opened === place && (
            <p className="rm-fields small">
              {line.stamp !== line.v && <span className="amber">collected at {at(line.v)}: its own clock says another time</span>}
              {line.fields.length === 0 && <span className="muted">This line has no fields.</span>}
              {line.fields.map(([name, value]) => (
                <span key={name}>
                  <span className="muted">{name}</span>{" "}
                  <button type="button" className="link mono" title={`Traces that name ${value}`} onClick={() => findTraces(ui, value)}>
                    {value}
                  </button>
                </span>
              ))}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
