// An interview that was held from a printed sheet: when it began and how long it took. Then it has ended, and notes can
// be typed at their moments.
import { useState } from "react";
import { Button } from "../../shared/Button";
import { Dialog } from "../../shared/Dialog";
import { Field } from "../../shared/Field";
import { fromField, toField } from "../../shared/localTime";
import { useDesk } from "../desk/desk";

export function PaperDialog() {
  const { interview, deeds, open } = useDesk();
  const planned = interview.agenda.reduce((sum, phase) => sum + phase.minutes, 0);
  const likely = interview.scheduled_at ?? new Date(Date.now() - planned * 60_000).toISOString();
  const [began, setBegan] = useState(() => toField(likely));
  const [minutes, setMinutes] = useState(String(planned));
  const [tried, setTried] = useState(false);
  const started_at = fromField(began);
  const took = /^\d{1,3}$/u.test(minutes.trim()) ? Number(minutes) : 0;
  const over = started_at !== null && Date.parse(started_at) + took * 60_000 <= Date.now();
  const go = () => {
    setTried(true);
    if (started_at === null || took === 0 || !over) return;
    deeds.heldOnPaper(started_at, took);
    open(null);
  };
  return (
    <Dialog
      open
      onClose={() => open(null)}
      title="It was held on paper"
      actions={
        <>
          <Button kind="go" onClick={go}>
            Enter it
          </Button>
          <Button kind="quiet" onClick={() => open(null)}>
            Not yet
          </Button>
        </>
      }
    >
      <p>
        It then counts as held. Type what was said and done afterwards, from your sheet, each note with its minute. The debrief says
        that it was held on paper.
      </p>
      <Field
        label="Began"
        hint="In your own time zone."
        error={
          tried && started_at === null
            ? "Give the day and the time at which it began."
            : tried && took > 0 && !over
              ? "It cannot have ended yet: look at the time and the minutes."
              : undefined
        }
      >
        {(control) => <input {...control} type="datetime-local" value={began} onChange={(event) => setBegan(event.target.value)} />}
      </Field>
      <Field label="Minutes it took" error={tried && took === 0 ? "Give the minutes as a number." : undefined}>
        {(control) => (
          <input
            {...control}
            className="input moment-input"
            inputMode="numeric"
            value={minutes}
            onChange={(event) => setMinutes(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
