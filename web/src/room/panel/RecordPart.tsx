// What happened, in the order of the room's time, newest last; and below it the notes, where they can be put right.
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { useView } from "../../interview/desk/desk";
import { Log, What } from "../../interview/note/Log";
import type { Row } from "../../interview/record/fold";
import { keyLabel } from "../../shared/keys/match";
import { useKeyName } from "../../shared/keys/useKeys";
import { count } from "../../shared/time";
import { useClock } from "../parts";
import { useRoom } from "../session/hooks";
import { linesOf } from "./lines";

export const RECORD_KEY = { id: "room.record", key: "r" };

interface Props {
  /** Left out where it always stands. */
  onFold?: () => void;
  undone: Row | null;
  onUndone: (row: Row | null) => void;
}

export function RecordPart({ onFold, undone, onUndone }: Props) {
  const marks = useRoom((state) => state.marks);
  const take = useRoom((state) => state.hello.take.id);
  const voids = useRoom((state) => state.voids);
  const tickets = useRoom((state) => state.tickets);
  const faults = useRoom((state) => state.hello.faults);
  const { rows } = useView();
  const at = useClock();
  const key = useKeyName(RECORD_KEY);
  const [mending, mend] = useState(false);
  const lines = useMemo(() => linesOf(marks, rows, take, { voids, tickets, faults }), [marks, rows, take, voids, tickets, faults]);
  const list = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  // New lines come into sight, unless somebody has scrolled up to read.
  useLayoutEffect(() => {
    const box = list.current;
    if (box && follows.current) box.scrollTop = box.scrollHeight;
  }, [lines]);
  return (
    <section className="rm-side rm-record rm-secret" aria-labelledby="rm-record">
      <div className="rm-head">
        <h2 id="rm-record">Record</h2>
        <span className="muted small">{count(lines.length, "entry", "entries")}</span>
        <button type="button" className="link small" aria-pressed={mending} onClick={() => mend(!mending)}>
          {mending ? "all of it" : "put right"}
        </button>
        {onFold && (
          <button type="button" className="link small rm-head-end" onClick={onFold}>
            fold {key && <span className="mono">{keyLabel(key)}</span>}
          </button>
        )}
      </div>
      <div
        className="rm-record-list"
        ref={list}
        tabIndex={0}
        role="group"
        aria-label="Record"
        onScroll={(event) => {
          const box = event.currentTarget;
          follows.current = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
        }}
      >
        {mending ? (
          <Log undone={undone} onUndone={onUndone} />
        ) : (
          <ol>
            {lines.map((line) => (
              <li key={line.key} data-void={line.void || undefined}>
                <time>{at(line.v)}</time>
                <span className={line.panel ? "violet" : undefined}>{line.kind}</span>
                <span dir="auto">
                  {line.row ? <What row={line.row} /> : line.text}
                  {line.void && <span className="vh">, while nothing counted</span>}
                </span>
              </li>
            ))}
          </ol>
        )}
        {!mending && lines.length === 0 && <p className="muted small">Nothing has happened yet.</p>}
      </div>
    </section>
  );
}
