// After submission: versions of an area side by side, and the reason that an amendment must give.
import { useState } from "react";
import type { Amendment, Area, AreaScore } from "../api/types";
import { Button } from "../shared/Button";
import { Field } from "../shared/Field";
import { ErrorNotice } from "../shared/states";
import { ConfidenceMark, LevelMark } from "../shared/marks";
import { fullTime } from "../shared/time";
import "./amendments.css";

interface AmendmentsProps {
  amendments: (Amendment & { who?: string })[];
  /** Titles where several areas are listed together. */
  areas?: Area[];
}

export function Amendments({ amendments, areas }: AmendmentsProps) {
  return (
    <ol className="amendments">
      {amendments.map((one) => (
        <li key={`${one.area}${one.at}`}>
          <p>
            {areas && <b>{areas.find((area) => area.id === one.area)?.short ?? one.area}. </b>}
            <span className="muted">
              Amended{one.who ? ` by ${one.who}` : ""}, {fullTime(one.at)}:
            </span>{" "}
            <span className="prose" dir="auto">
              {one.reason}
            </span>
          </p>
          <div className="versions">
            <Version title="Before" score={one.before} />
            <Version title="After" score={one.after} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Version({ title, score }: { title: string; score: AreaScore }) {
  return (
    <div>
      <p className="muted small">{title}</p>
      <span className="score-line">
        <LevelMark level={score.level} word={score.decided ? undefined : "no level yet"} />
        {score.confidence && <ConfidenceMark confidence={score.confidence} />}
      </span>
      <p className="prose" dir="auto">
        {score.would_move}
      </p>
      <p className="muted small">
        {score.evidence.length === 1 ? "1 note cited" : `${score.evidence.length} notes cited`}
      </p>
    </div>
  );
}

interface AmendFormProps {
  changed: boolean;
  busy: boolean;
  error: unknown;
  reason: string;
  onReason: (reason: string) => void;
  onRecord: () => void;
  onCancel: () => void;
}

export function AmendForm({ changed, busy, error, reason, onReason, onRecord, onCancel }: AmendFormProps) {
  const [tried, setTried] = useState(false);
  return (
    <div className="sc-row amend">
      <h3>Amendment</h3>
      <div className="amend-fields">
        <Field
          label="Reason"
          hint="Both versions are kept, with this reason, and the panel sees them."
          error={tried && reason.trim() === "" ? "Say why it changes: what you had missed, or misread." : undefined}
        >
          {(control) => (
            <textarea
              {...control}
              dir="auto"
              rows={2}
              value={reason}
              onChange={(event) => onReason(event.target.value)}
            />
          )}
        </Field>
        {error ? <ErrorNotice error={error} /> : null}
        {tried && !changed && <p className="muted">Nothing differs from what you submitted yet.</p>}
        <span className="offer-do">
          <Button
            kind="go"
            busy={busy && "Recording …"}
            onClick={() => {
              setTried(true);
              if (changed && reason.trim() !== "") onRecord();
            }}
          >
            Record the amendment
          </Button>
          <Button kind="quiet" onClick={onCancel}>
            Leave it as it was
          </Button>
        </span>
      </div>
    </div>
  );
}
