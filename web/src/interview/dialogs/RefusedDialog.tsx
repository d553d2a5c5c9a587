// What the server would not take: each entry with its text, the reason, and three ways on. Nothing
// leaves this list by itself.
import { useState } from "react";
import { Button } from "../../shared/Button";
import { Dialog } from "../../shared/Dialog";
import { clock } from "../../shared/time";
import type { Outbox } from "../outbox/outbox";
import { useDesk, useView } from "../desk/desk";
import type { Kept } from "../record/fold";

export function RefusedDialog({ outbox }: { outbox: Outbox }) {
  const { open } = useDesk();
  const { refused } = useView();
  return (
    <Dialog open onClose={() => open(null)} title="Not taken by the server">
      {refused.length === 0 && <p className="muted">Nothing is left here.</p>}
      {refused.map((one) => (
        <Refused key={one.entry.id} one={one} outbox={outbox} />
      ))}
    </Dialog>
  );
}

function Refused({ one, outbox }: { one: Kept; outbox: Outbox }) {
  const [copied, setCopied] = useState(false);
  const [sure, setSure] = useState(false);
  const { body, at_ms, id } = one.entry;
  const text = "text" in body ? body.text : null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text ?? JSON.stringify(body));
      setCopied(true);
    } catch {
      // Without a secure context there is no clipboard; the text above can be selected.
      setCopied(false);
    }
  };
  return (
    <div className="refused">
      <p>
        <b>{clock(at_ms)}</b> <span className="muted">{text === null ? body.kind.replace("_", " ") : "note"}</span>
      </p>
      {text !== null && (
        <p className="prose refused-text" dir="auto">
          {text}
        </p>
      )}
      <p className="small pretty" dir="auto">
        Why: {one.refused}
      </p>
      <div className="change-deeds">
        {text !== null && <Button onClick={() => void copy()}>{copied ? "Copied" : "Copy the text"}</Button>}
        <Button onClick={() => void outbox.retry(id)}>Send again</Button>
        {sure ? (
          <Button onClick={() => void outbox.discard(id)}>Yes, throw it away</Button>
        ) : (
          <Button kind="quiet" onClick={() => setSure(true)}>
            Throw away
          </Button>
        )}
      </div>
    </div>
  );
}
