// Editing the plan: sessions with their areas, minutes, what is asked, reasons. Every step can be
// undone until it is saved; what is wrong with it is said by the server when it is.
import { useState } from "react";
import { ApiError } from "../../api/problem";
import type { Kit, Opening, Session } from "../../api/types";
import { Button } from "../../shared/Button";
import { useKeyName, useKeys } from "../../shared/keys/useKeys";
import { ErrorNotice } from "../../shared/states";
import { useWritePlan } from "../api";
import { useKept } from "../useKept";
import * as draft from "./draft";
import { ItemEditor } from "./ItemEditor";
import { Mistakes } from "./PlanSection";

const undoAction = { id: "plan.undo", key: "Mod+z" };

export function PlanEditor({ opening, kit, onDone }: { opening: Opening; kit: Kit; onDone: () => void }) {
  const saved = opening.plan.sessions;
  const write = useWritePlan(opening.id);
  const [kept, keep] = useKept<Session[]>(`plan/${opening.id}`, JSON.stringify(saved));
  const [history, setHistory] = useState(() => draft.begin(kept ?? saved));
  const plan = history.now;
  const set = (next: draft.History) => {
    setHistory(next);
    keep(draft.changed(next, saved) ? [...next.now] : null);
  };
  const apply = (now: draft.Plan, touched: string | null = null) => set(draft.step(history, now, touched));
  const undo = () => set(draft.undo(history));
  const mistakes = write.error instanceof ApiError && Array.isArray(write.error.problem.mistakes) ? (write.error.problem.mistakes as string[]) : null;
  const left = draft.unplanned(plan, kit);
  const changed = draft.changed(history, saved);
  const undoKey = useKeyName(undoAction);
  useKeys([{ ...undoAction, name: "Undo in the plan", when: history.past.length > 0, run: undo }]);

  const save = () =>
    write.mutate([...plan], {
      onSuccess: () => {
        keep(null);
        onDone();
      },
    });

  return (
    <div className="plan-editor">
      <p className="muted">
        Candidates added from now on are planned like this; loops that exist stay as they are. Each area stands in one session, and
        whatever another session asks is not offered twice.
      </p>
      {plan.map((session, i) => (
        <section key={session.id} className="session-edit" aria-label={`Session ${i + 1}: ${session.title}`}>
          <div className="session-edit-head">
            <span className="muted">{i + 1}</span>
            <input
              className="input session-title"
              aria-label={`Title of session ${i + 1}`}
              placeholder="Title"
              dir="auto"
              maxLength={200}
              value={session.title}
              onChange={(event) =>
                apply(draft.changeSession(plan, session.id, { title: event.target.value }), `title/${session.id}`)
              }
            />
            <span className="muted nowrap">{draft.minutesOf(session)} min</span>
            {session.items.length === 0 && (
              <Button kind="quiet" onClick={() => apply(draft.removeSession(plan, session.id))}>
                Remove
              </Button>
            )}
          </div>
          <label className="session-edit-line">
            <span className="muted">Asked by</span>
            <input
              className="input"
              placeholder="somebody who has …"
              dir="auto"
              value={session.asked_by}
              onChange={(event) =>
                apply(draft.changeSession(plan, session.id, { asked_by: event.target.value }), `by/${session.id}`)
              }
            />
          </label>
          <label className="session-edit-line">
            <span className="muted">Reason</span>
            <textarea
              className="input"
              rows={2}
              dir="auto"
              value={session.reason}
              onChange={(event) =>
                apply(draft.changeSession(plan, session.id, { reason: event.target.value }), `why/${session.id}`)
              }
            />
          </label>
          {session.items.map((item) => (
            <ItemEditor key={item.area} item={item} session={session} plan={plan} kit={kit} apply={apply} />
          ))}
          {session.items.length === 0 && (
            <p className="muted">No area yet. Move one here{left.length > 0 ? ", or take one that nobody asks about" : ""}.</p>
          )}
          {left.length > 0 && (
            <select
              className="input add-area"
              aria-label={`Add an area to session ${i + 1}`}
              value=""
              onChange={(event) => event.target.value && apply(draft.addArea(plan, session.id, event.target.value, kit))}
            >
              <option value="">Add an area …</option>
              {left.map((id) => (
                <option key={id} value={id}>
                  {kit.areas.find((area) => area.id === id)?.title ?? id}
                </option>
              ))}
            </select>
          )}
        </section>
      ))}
      <Button kind="quiet" onClick={() => apply(draft.addSession(plan))}>
        Add a session
      </Button>
      {mistakes ? <Mistakes mistakes={mistakes} /> : write.isError && <ErrorNotice error={write.error} />}
      <div className="form-do plan-do">
        <Button kind="go" busy={write.isPending && "Saving …"} onClick={save}>
          Save the plan
        </Button>
        <Button disabled={history.past.length === 0} onClick={undo} keyName={history.past.length > 0 ? undoKey : null}>
          Undo
        </Button>
        <Button
          kind="quiet"
          onClick={() => {
            keep(null);
            onDone();
          }}
        >
          Leave it as it was
        </Button>
        <span className="muted small" role="status">
          {left.length > 0
            ? `In no session: ${left.map((id) => kit.areas.find((area) => area.id === id)?.short ?? id).join(", ")}`
            : changed
              ? `${draft.totalMinutes(plan)} minutes, not saved yet`
              : `${draft.totalMinutes(plan)} minutes`}
        </span>
      </div>
    </div>
  );
}
