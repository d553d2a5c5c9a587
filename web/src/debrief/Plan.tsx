// Twenty more minutes, on exactly the lines that are unsettled: how long, what is asked, by whom.
import type { Decision, Kit, OpenDebrief } from "../api/types";
import "./plan.css";

export type PlanItem = Decision["plan"][number];
export const PLAN_MINUTES = 20;

/** The unsettled lines with the minutes divided between them; what to ask is for a person to write. */
export function firstPlan(unsettled: OpenDebrief["unsettled"]): PlanItem[] {
  const each = Math.floor(PLAN_MINUTES / Math.max(1, unsettled.length));
  const over = PLAN_MINUTES - each * unsettled.length;
  return unsettled.map((line, i) => ({ area: line.area, minutes: each + (i < over ? 1 : 0), ask: "", asked_by: "" }));
}

interface PlanEditorProps {
  plan: PlanItem[];
  onPlan: (plan: PlanItem[]) => void;
  open: OpenDebrief;
  kit: Kit;
}

export function PlanEditor({ plan, onPlan, open, kit }: PlanEditorProps) {
  const total = plan.reduce((sum, item) => sum + item.minutes, 0);
  const change = (area: string, part: Partial<PlanItem>) =>
    onPlan(plan.map((item) => (item.area === area ? { ...item, ...part } : item)));
  if (plan.length === 0) return <p className="muted">Nothing is unsettled, so there is nothing to plan.</p>;
  return (
    <>
      <ol className="plan-edit">
        {plan.map((item) => {
          const line = open.lines.find((one) => one.area === item.area);
          const why = open.unsettled.find((one) => one.area === item.area)?.why;
          const area = kit.areas.find((one) => one.id === item.area);
          return (
            <li key={item.area}>
              <label className="plan-minutes">
                <span className="vh">Minutes for {line?.title}</span>
                <input
                  className="input"
                  type="number"
                  min={1}
                  max={PLAN_MINUTES}
                  value={item.minutes || ""}
                  onChange={(event) => change(item.area, { minutes: Math.max(0, Math.floor(Number(event.target.value) || 0)) })}
                />
                <span className="muted small">min</span>
              </label>
              <div className="plan-what">
                <p>
                  <b>{line?.title ?? item.area}</b> <span className="muted small">{why}</span>
                </p>
                <textarea
                  className="input"
                  aria-label={`What to ask about ${line?.title ?? item.area}`}
                  placeholder="What to ask, word by word"
                  dir="auto"
                  rows={2}
                  value={item.ask}
                  onChange={(event) => change(item.area, { ask: event.target.value })}
                />
                <div className="plan-by">
                  {area && (
                    <select
                      className="input"
                      aria-label={`Take a follow-up on ${area.short} from the kit`}
                      value=""
                      onChange={(event) => event.target.value && change(item.area, { ask: event.target.value })}
                    >
                      <option value="">from the kit …</option>
                      {area.follow_ups.map((one) => (
                        <option key={one.id} value={one.text}>
                          {one.text}
                        </option>
                      ))}
                    </select>
                  )}
                  <select
                    className="input"
                    aria-label={`Who asks about ${line?.title ?? item.area}`}
                    value={item.asked_by}
                    onChange={(event) => change(item.area, { asked_by: event.target.value })}
                  >
                    <option value="">asked by …</option>
                    {open.panel.map((person) => (
                      <option key={person.id} value={person.name}>
                        asked by {person.name}
                      </option>
                    ))}
                  </select>
                </div>
              </div>
            </li>
          );
        })}
      </ol>
      <p className="muted small" role="status">
        {total} of {PLAN_MINUTES} minutes
        {total > PLAN_MINUTES ? ": shorten one part" : total < PLAN_MINUTES ? ": lengthen one part" : ""}
      </p>
    </>
  );
}

export function PlanList({ plan, open }: { plan: PlanItem[]; open: OpenDebrief }) {
  return (
    <ol className="plan-list">
      {plan.map((item) => (
        <li key={item.area}>
          <span className="nowrap">{item.minutes} min</span>
          <span className="prose" dir="auto">
            <b>{open.lines.find((line) => line.area === item.area)?.title ?? item.area}.</b> {item.ask}
            {item.asked_by && ` Asked by ${item.asked_by}.`}
          </span>
        </li>
      ))}
    </ol>
  );
}
