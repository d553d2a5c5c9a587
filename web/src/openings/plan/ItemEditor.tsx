// One area within a session, edited: where, how long, how deep, what is asked, and why here.
import type { Depth, Kit, Session, SessionItem } from "../../api/types";
import { Segmented } from "../../shared/Segmented";
import { Button } from "../../shared/Button";
import { count } from "../../shared/time";
import * as draft from "./draft";

interface ItemEditorProps {
  item: SessionItem;
  session: Session;
  plan: draft.Plan;
  kit: Kit;
  apply: (plan: draft.Plan, touched?: string | null) => void;
}

export function ItemEditor({ item, session, plan, kit, apply }: ItemEditorProps) {
  const area = kit.areas.find((one) => one.id === item.area);
  const name = area?.short ?? item.area;
  const exercises = kit.exercises.filter((one) => one.area === item.area);
  const lists: { what: draft.Asked; title: string; all: { id: string; text: string; mark?: string }[] }[] = [
    { what: "prompts", title: "Prompts", all: area?.prompts ?? [] },
    {
      what: "follow_ups",
      title: "Follow-ups",
      all: (area?.follow_ups ?? []).map((one) => ({ ...one, mark: one.separates ? "separates" : undefined })),
    },
    { what: "exercises", title: "Exercises", all: exercises.map((one) => ({ id: one.id, text: one.title })) },
  ];
  return (
    <div className="item-edit">
      <div className="item-edit-head">
        <b>
          {area?.number} {name}
        </b>
        <label>
          <span className="muted small">in</span>
          <select
            className="input"
            aria-label={`Session that asks about ${name}`}
            value={session.id}
            onChange={(event) => apply(draft.moveArea(plan, item.area, event.target.value))}
          >
            {plan.map((one, i) => (
              <option key={one.id} value={one.id}>
                {i + 1} {one.title || "without a title"}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            className="input item-minutes"
            type="number"
            min={5}
            max={120}
            aria-label={`Minutes for ${name}`}
            value={item.minutes || ""}
            onChange={(event) =>
              apply(
                draft.setMinutes(plan, item.area, Math.min(999, Math.max(0, Math.floor(Number(event.target.value) || 0)))),
                `minutes/${item.area}`,
              )
            }
          />
          <span className="muted small">min</span>
        </label>
        <Segmented<Depth>
          legend={`How deep into ${name}`}
          choices={[
            { value: "deep", label: "deep" },
            { value: "steady", label: "steady" },
          ]}
          value={item.depth}
          onChange={(depth) => apply(draft.setDepth(plan, item.area, depth))}
        />
        <Button kind="quiet" aria-label={`Take ${name} out of the plan`} onClick={() => apply(draft.removeArea(plan, item.area))}>
          Take out
        </Button>
      </div>
      <details>
        <summary className="link">
          {lists
            .filter((list) => list.all.length > 0)
            .map((list) => count(item[list.what].length, list.title.toLowerCase().replace(/s$/u, "")))
            .join(", ")}
        </summary>
        {lists.map(
          (list) =>
            list.all.length > 0 && (
              <fieldset key={list.what} className="asked-edit">
                <legend>{list.title}</legend>
                {list.all.map((one) => (
                  <label key={one.id}>
                    <input
                      type="checkbox"
                      checked={item[list.what].includes(one.id)}
                      onChange={() =>
                        apply(draft.toggleAsked(plan, item.area, list.what, one.id, list.all.map((known) => known.id)))
                      }
                    />
                    <span>
                      {one.text}
                      {one.mark && <span className="muted small"> {one.mark}</span>}
                    </span>
                  </label>
                ))}
              </fieldset>
            ),
        )}
      </details>
      <label className="session-edit-line">
        <span className="muted">Why here</span>
        <textarea
          className="input"
          rows={2}
          dir="auto"
          aria-label={`Why ${name} is asked here, so deep`}
          value={item.reason}
          onChange={(event) => apply(draft.changeItem(plan, item.area, { reason: event.target.value }), `reason/${item.area}`)}
        />
      </label>
    </div>
  );
}
