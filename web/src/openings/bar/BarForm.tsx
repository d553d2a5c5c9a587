// Writing the bar: a level or none for each line, a reason for each, and the rules between lines. Once
// it was written, a change needs a reason of its own, and both versions stay.
import { useState } from "react";
import type { BarLine, Kit, Level, Opening } from "../../api/types";
import { Button } from "../../shared/Button";
import { Field } from "../../shared/Field";
import { LevelMark } from "../../shared/marks";
import { ErrorNotice } from "../../shared/states";
import { useWriteBar } from "../api";
import { useKept } from "../useKept";

interface Writing {
  lines: BarLine[];
  rules: string[];
  reason: string;
}

interface BarFormProps {
  opening: Opening;
  kit: Kit;
  onDone: (() => void) | null;
}

const levels: readonly (Level | null)[] = ["weak", "good", "excellent", null];

export function BarForm({ opening, kit, onDone }: BarFormProps) {
  const { bar } = opening;
  const write = useWriteBar(opening.id);
  const basis = JSON.stringify([bar.lines, bar.rules]);
  const [kept, keep] = useKept<Writing>(`bar/${opening.id}`, basis);
  const [tried, setTried] = useState(false);
  const writing = kept ?? { lines: bar.lines, rules: bar.rules, reason: "" };
  const before = bar.written_at !== null;
  const changed = JSON.stringify([writing.lines, writing.rules]) !== basis;
  const needsReason = before && writing.reason.trim() === "";
  const line = (area: string, change: Partial<BarLine>) =>
    keep({ ...writing, lines: writing.lines.map((one) => (one.area === area ? { ...one, ...change } : one)) });
  const rule = (at: number, text: string) =>
    keep({ ...writing, rules: writing.rules.map((one, i) => (i === at ? text : one)) });

  const save = () => {
    setTried(true);
    if (needsReason || (before && !changed)) return;
    write.mutate(
      {
        lines: writing.lines,
        rules: writing.rules.map((one) => one.trim()).filter(Boolean),
        reason: before ? writing.reason.trim() : null,
      },
      {
        onSuccess: () => {
          keep(null);
          onDone?.();
        },
      },
    );
  };

  return (
    <div className="bar-form">
      <ol>
        {writing.lines.map((one) => {
          const area = kit.areas.find((candidate) => candidate.id === one.area);
          const name = area?.line.title ?? one.area;
          return (
            <li key={one.area}>
              <div className="bar-form-line">
                <b>
                  <span className="muted">{area?.number}</span> {name}
                </b>
                <span className="muted small">{area?.line.question}</span>
              </div>
              <fieldset>
                <legend className="vh">Bar for {name}</legend>
                <div className="seg">
                  {levels.map((level) => (
                    <label key={level ?? "none"}>
                      <input
                        type="radio"
                        name={`bar-${one.area}`}
                        checked={one.level === level}
                        onChange={() => line(one.area, { level })}
                      />
                      {level ? <LevelMark level={level} /> : "no bar"}
                    </label>
                  ))}
                </div>
              </fieldset>
              <textarea
                className="input"
                aria-label={`Reason for the bar in ${name}`}
                placeholder="Why this level for this role"
                dir="auto"
                rows={2}
                maxLength={1000}
                value={one.reason}
                onChange={(event) => line(one.area, { reason: event.target.value })}
              />
            </li>
          );
        })}
      </ol>
      <fieldset className="bar-rules">
        <legend>Rules between lines</legend>
        {writing.rules.map((one, i) => (
          // Rules have no name of their own; their place is what they are edited by.
          <div key={i} className="bar-rule">
            <textarea
              className="input"
              aria-label={`Rule ${i + 1}`}
              dir="auto"
              rows={1}
              maxLength={1000}
              value={one}
              onChange={(event) => rule(i, event.target.value)}
            />
            <Button
              kind="quiet"
              aria-label={`Remove rule ${i + 1}`}
              onClick={() => keep({ ...writing, rules: writing.rules.filter((_, at) => at !== i) })}
            >
              Remove
            </Button>
          </div>
        ))}
        <Button kind="quiet" onClick={() => keep({ ...writing, rules: [...writing.rules, ""] })}>
          Add a rule
        </Button>
      </fieldset>
      {before && (
        <Field
          label="Why does the bar change?"
          hint="Whoever reads a debrief of this opening sees both versions and this reason."
          error={tried && needsReason ? "A bar that was written changes only with a reason." : undefined}
        >
          {(control) => (
            <textarea
              {...control}
              dir="auto"
              maxLength={1000}
              value={writing.reason}
              onChange={(event) => keep({ ...writing, reason: event.target.value })}
            />
          )}
        </Field>
      )}
      {write.isError && <ErrorNotice error={write.error} />}
      <div className="form-do">
        <Button kind="go" busy={write.isPending && "Writing …"} onClick={save}>
          {before ? "Change the bar" : "Write the bar"}
        </Button>
        {onDone && (
          <Button
            kind="quiet"
            onClick={() => {
              keep(null);
              onDone();
            }}
          >
            Leave it as it was
          </Button>
        )}
        <span className="muted small" role="status">
          {before
            ? tried && !changed
              ? "Nothing differs from the bar as it stands."
              : ""
            : "From then on it has a date, and candidates can be added."}
        </span>
      </div>
    </div>
  );
}
