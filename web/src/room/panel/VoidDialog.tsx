// Marks a span that does not count, such as a fire alarm or a lost call: the part of the time that was dragged over, or the last
// minutes. It stays in the record, hatched, with its reason.
import { useState } from "react";
import { Button } from "../../shared/Button";
import { Dialog } from "../../shared/Dialog";
import { useClock } from "../parts";
import { useRoom, useSession } from "../session/hooks";
import { useUi } from "../ui";

const MINUTE = 60e9;
const LAST: readonly number[] = [1, 2, 5];

export function VoidDialog({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const at = useClock();
  const opens = useRoom((state) => state.hello.opens);
  const dragged = useUi((ui) => ui.zoom);
  // The dialog's moment: it does not run away while one writes the reason.
  const [now] = useState(() => Math.round(session.v()));
  const last = (minutes: number) => ({ from: Math.max(opens, now - minutes * MINUTE), to: now });
  const spans = [
    ...(dragged
      ? [
          {
            name: "What is dragged over in the figures",
            span: { from: Math.max(opens, Math.round(dragged.from)), to: Math.min(now, Math.round(dragged.to)) },
          },
        ]
      : []),
    ...LAST.map((minutes) => ({ name: minutes === 1 ? "The last minute" : `The last ${minutes} minutes`, span: last(minutes) })),
  ].filter(({ span }) => span.from < span.to);
  const [chosen, choose] = useState(dragged ? 0 : 1);
  const [reason, write] = useState("");
  const [asked, ask] = useState(false);
  const span = spans[Math.min(chosen, spans.length - 1)]?.span;
  const mark = () => {
    ask(true);
    if (!span || reason.trim() === "") return;
    session.send("clock", { kind: "void", ...span }, reason.trim());
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="A span that does not count"
      actions={
        <>
          <Button kind="go" aria-disabled={!span} onClick={mark}>
            Mark it
          </Button>
          <Button onClick={onClose}>Leave it</Button>
        </>
      }
    >
      <p className="pretty">What happened then stays in the record, marked. The candidate is not told; the debrief is, with the reason.</p>
      {spans.length === 0 ? (
        <p>Nothing has run yet.</p>
      ) : (
        <fieldset className="rm-spans">
          <legend className="vh">Which span</legend>
          {spans.map(({ name, span }, place) => (
            <label key={name}>
              <input type="radio" name="rm-span" checked={place === Math.min(chosen, spans.length - 1)} onChange={() => choose(place)} /> {name}{" "}
              <span className="muted">
                {at(span.from)} to {at(span.to)}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <label className="rm-reason">
        Why
        <textarea
          className="input"
          rows={2}
          maxLength={2000}
          dir="auto"
          value={reason}
          aria-invalid={asked && reason.trim() === ""}
          onChange={(event) => write(event.target.value)}
        />
      </label>
      {asked && reason.trim() === "" && <p role="alert">A reason is needed: others read it in the debrief.</p>}
    </Dialog>
  );
}
