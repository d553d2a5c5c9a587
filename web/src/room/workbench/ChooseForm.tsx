// The menu, after one's own words: an option or a value, or something else, with a reason.
import { type FormEvent, useEffect, useId, useState } from "react";
import { Refusals, Sending, useWords } from "../parts";
import { usePlace, useSession } from "../session/hooks";
import type { DecisionState, Options } from "../wire";
import { useRead } from "./useRead";

interface Props {
  decision: DecisionState;
  kind: "options" | "value";
  onDone: () => void;
}

const ELSE = "something else";

export function ChooseForm({ decision, kind, onDone }: Props) {
  const session = useSession();
  const { data, error, busy, read } = useRead<Options>();
  const ask = () => read(() => session.api.options(decision.name));
  useEffect(ask, [decision.name]);
  if (!data) {
    return (
      <p className="small muted" role="status">
        {error ?? (busy ? "Fetching the options …" : "")}{" "}
        {error && (
          <button type="button" className="link" onClick={ask}>
            Try again
          </button>
        )}
      </p>
    );
  }
  return <Menu {...{ decision, kind, onDone }} options={data} />;
}

function Menu({ decision, kind, onDone, options }: Props & { options: Options }) {
  const session = useSession();
  const place = `decision ${decision.name}`;
  const { waiting } = usePlace(place);
  const group = useId();
  const [picked, pick] = useState<string | null>(null);
  const [value, setValue] = useState(options.between?.now ?? "");
  const [reason, write] = useWords(`reason ${decision.name}`);
  const other = picked === ELSE;
  const words = reason.trim();
  const ready = picked !== null && (!other || words !== "") && (other || kind === "options" || value.trim() !== "");
  const choose = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || picked === null || waiting > 0) return;
    const answer = other ? ({ something_else: true } as const) : kind === "value" ? { value: value.trim() } : { option: picked };
    session.send(place, { kind: "choose", decision: decision.name, answer }, words);
  };
  // Taken: the question itself shows what holds now.
  const [before] = useState(decision.chosen_at);
  useEffect(() => {
    if (decision.chosen_at === before) return;
    write("");
    onDone();
  }, [decision.chosen_at]);
  return (
    <form className="rm-form" onSubmit={choose}>
      <fieldset className="rm-options">
        <legend className="vh">Options</legend>
        {options.options.map((option) => (
          <label key={option.name}>
            <input type="radio" name={group} checked={picked === option.name} onChange={() => pick(option.name)} />
            <span dir="auto">
              {option.says}
              {option.default && <span className="muted small"> as found</span>}
              {option.costs && <span className="muted small"> costs {option.costs}</span>}
            </span>
          </label>
        ))}
        {kind === "value" && options.between && (
          <label>
            <input type="radio" name={group} checked={picked === "value"} onChange={() => pick("value")} />
            <span className="rm-value">
              Set it to{" "}
              <input
                className="input"
                aria-label="Value"
                value={value}
                size={8}
                onChange={(event) => {
                  setValue(event.target.value);
                  pick("value");
                }}
              />
              <span className="muted small">
                between {options.between.from} and {options.between.to}; now {options.between.now}
              </span>
            </span>
          </label>
        )}
        <label>
          <input type="radio" name={group} checked={other} onChange={() => pick(ELSE)} />
          <span>
            Something else <span className="muted small">stands as your answer, with equal weight</span>
          </span>
        </label>
      </fieldset>
      <textarea
        className="input"
        aria-label={other ? "What you would do instead" : "Why"}
        placeholder={other ? "What you would do instead, and why" : "Why this one, in a sentence"}
        rows={2}
        maxLength={4000}
        dir="auto"
        value={reason}
        onChange={(event) => write(event.target.value)}
      />
      <Refusals place={place} />
      <div className="rm-deeds">
        <button type="submit" className="btn go" aria-disabled={!ready || waiting > 0}>
          Decide
        </button>
        {decision.chosen_at !== null && (
          <button type="button" className="link" onClick={onDone}>
            Leave it as it is
          </button>
        )}
        <Sending place={place} />
      </div>
    </form>
  );
}
