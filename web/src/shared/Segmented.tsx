// One of a few, all in sight: a radio group drawn as a row of segments.
import { type ReactNode, useId } from "react";

interface Choice<Value extends string> {
  value: Value;
  label: ReactNode;
  disabled?: boolean;
}

interface SegmentedProps<Value extends string> {
  /** The group's name, spoken; show a heading of your own beside it, or pass `showLegend`. */
  legend: string;
  showLegend?: boolean;
  choices: readonly Choice<Value>[];
  /** null: nothing chosen yet. */
  value: Value | null;
  onChange: (value: Value) => void;
  disabled?: boolean;
  className?: string;
}

export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset disabled={props.disabled} className={props.className}>
      <legend className={props.showLegend ? "field-name" : "vh"}>{props.legend}</legend>
      <div className="seg">
        {props.choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={props.value === choice.value}
              disabled={choice.disabled}
              onChange={() => props.onChange(choice.value)}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
