// The agenda, first on the page: what must be talked about, each a jump, with its tick once every line
// of it was opened. An item can also be waived with a reason, which stays visible.
import { useState } from "react";
import type { AgendaItem } from "../api/types";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { Field } from "../shared/Field";
import { ErrorNotice } from "../shared/states";
import { nearTime } from "../shared/time";
import type { useVisit } from "./api";
import { linesLeft, settled } from "./visits";

interface AgendaProps {
  agenda: AgendaItem[];
  opened: ReadonlySet<string>;
  /** The item whose line is open. */
  here: string | null;
  onItem: (item: AgendaItem) => void;
}

export function Agenda({ agenda, opened, here, onItem }: AgendaProps) {
  const left = agenda.filter((item) => !settled(item)).length;
  return (
    <nav className="agenda" aria-labelledby="agenda">
      <h2 id="agenda">Agenda</h2>
      {agenda.length === 0 && <span className="muted agenda-none">Nothing stands open: the panel agrees on all that it assessed.</span>}
      {agenda.map((item) => (
        <button
          key={item.id}
          type="button"
          className={["agenda-item", item.id === here && "here"].filter(Boolean).join(" ")}
          aria-current={item.id === here ? "true" : undefined}
          onClick={() => onItem(item)}
        >
          <b>{item.count}</b>
          <span>{item.title}</span>
          {item.visited ? (
            <Tick title={`visited, ${item.visited.by}, ${nearTime(item.visited.at)}`} />
          ) : item.waived ? (
            <span className="muted small" title={item.waived.reason ?? undefined}>
              waived
            </span>
          ) : (
            item.lines.length > 1 &&
            linesLeft(item, opened).length < item.lines.length && (
              <span className="muted small">{linesLeft(item, opened).length} left</span>
            )
          )}
        </button>
      ))}
      {agenda.length > 0 && (
        <span className="muted agenda-end" role="status">
          {left === 0 ? "all visited" : `${left} of ${agenda.length} still to visit`}
        </span>
      )}
    </nav>
  );
}

function Tick({ title }: { title: string }) {
  return (
    <>
      <svg className="tick" viewBox="0 0 12 12" aria-hidden="true">
        <path d="M1.5 6.5l3 3 6-7" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      <span className="vh">{title}</span>
    </>
  );
}

interface WaiveProps {
  item: AgendaItem | null;
  visit: ReturnType<typeof useVisit>;
  onClose: () => void;
}

export function Waive({ item, visit, onClose }: WaiveProps) {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  return (
    <Dialog
      open={item !== null}
      onClose={onClose}
      title={`Waive “${item?.title ?? ""}”`}
      actions={
        <Button
          kind="go"
          busy={visit.isPending && "Waiving …"}
          onClick={() => {
            setTried(true);
            if (item && reason.trim() !== "")
              visit.mutate(
                { item: item.id, waive: reason.trim() },
                {
                  onSuccess: () => {
                    setReason("");
                    setTried(false);
                    onClose();
                  },
                },
              );
          }}
        >
          Waive it
        </Button>
      }
    >
      <p>The panel will not talk about it before deciding. Your name and reason stand in the decision record.</p>
      <Field label="Reason" error={tried && reason.trim() === "" ? "Say why it need not be talked about." : undefined}>
        {(control) => (
          <textarea {...control} dir="auto" value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {visit.isError && <ErrorNotice error={visit.error} />}
    </Dialog>
  );
}
