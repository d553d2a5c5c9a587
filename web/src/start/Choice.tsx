// One row to choose from; all rows together are a radio group.
interface ChoiceProps {
  mark: number | string;
  title: string;
  hook: string;
  time: string;
  checked: boolean;
  onChoose: () => void;
  plan?: boolean;
}

export function Choice({ mark, title, hook, time, checked, onChoose, plan }: ChoiceProps) {
  return (
    <label className={plan ? "start-choice start-choice-plan" : "start-choice"}>
      <input type="radio" name="start-choice" checked={checked} onChange={onChoose} />
      <span className="muted">{mark}</span>
      <span className="start-choice-title">{title}</span>
      <span className="start-choice-hook">{hook}</span>
      <span className="muted nowrap start-choice-time">{time}</span>
      <span className="start-choice-state" aria-hidden="true">
        {checked ? "chosen" : "choose"}
      </span>
    </label>
  );
}
