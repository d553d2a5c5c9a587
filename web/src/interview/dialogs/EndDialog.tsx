// Ending stops the clock for good, so it asks once.
import { useEffect, useRef } from "react";
import { Button } from "../../shared/Button";
import { Dialog } from "../../shared/Dialog";
import { clock } from "../../shared/time";
import { useDesk, useElapsed } from "../desk/desk";

export function EndDialog() {
  const { session, deeds, open } = useDesk();
  const elapsed = useElapsed(session);
  const foot = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // `E` and then Enter ends; a dialog that opens would put the focus on its closing cross.
    const frame = requestAnimationFrame(() => foot.current?.querySelector("button")?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <Dialog
      open
      onClose={() => open(null)}
      title="End the interview?"
      actions={
        <span ref={foot} className="change-deeds">
          <Button
            kind="go"
            onClick={() => {
              deeds.end();
              open(null);
            }}
          >
            End at {clock(elapsed)}
          </Button>
          <Button onClick={() => open(null)}>Not yet</Button>
        </span>
      }
    >
      <p className="pretty">
        The clock stops and cannot be started again, and nothing more can be shown to the candidate. Notes can still be
        added. Tell the candidate what is kept, until when, and whom to ask.
      </p>
    </Dialog>
  );
}
