// Ending stops the clock for good, so it asks once.
import { Button } from "../../shared/Button";
import { Dialog } from "../../shared/Dialog";
import { clock } from "../../shared/time";
import { useDesk, useElapsed } from "../desk/desk";

export function EndDialog() {
  const { session, deeds, open } = useDesk();
  const elapsed = useElapsed(session);
  return (
    <Dialog
      open
      onClose={() => open(null)}
      title="End the interview?"
      actions={
        <>
          <Button
            kind="go"
            autoFocus
            onClick={() => {
              deeds.end();
              open(null);
            }}
          >
            End at {clock(elapsed)}
          </Button>
          <Button onClick={() => open(null)}>Not yet</Button>
        </>
      }
    >
      <p className="pretty">
        The clock stops and cannot be started again, and nothing more can be shown to the candidate. Notes can still be
        added. Tell the candidate what is kept, until when, and whom to ask.
      </p>
    </Dialog>
  );
}
