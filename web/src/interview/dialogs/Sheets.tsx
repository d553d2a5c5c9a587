// The two sheets of a phone: signals to tick while listening, and the note.
import { Dialog } from "../../shared/Dialog";
import { useDesk } from "../desk/desk";
import { HeardCount, Legend } from "../listen/ListenRegion";
import { RedFlags } from "../listen/RedFlags";
import { Signals } from "../listen/Signals";
import { NoteForm } from "../note/NoteForm";

export function SignalsSheet() {
  const { open, area } = useDesk();
  return (
    <Dialog open onClose={() => open(null)} title={`Listen for: ${area.short}`} className="sheet">
      <div>
        <div className="region-head">
          <HeardCount />
        </div>
        <Signals form="text" />
        <Legend />
        <RedFlags />
      </div>
    </Dialog>
  );
}

export function NoteSheet() {
  const { open } = useDesk();
  return (
    <Dialog open onClose={() => open(null)} title="Note" className="sheet">
      <NoteForm touch autoFocus onLeave={() => open(null)} />
    </Dialog>
  );
}
