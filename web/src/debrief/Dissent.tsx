// Dissent: beside the decision and not under it, under one's own name.
import { useState } from "react";
import type { OpenDebrief } from "../api/types";
import { Button } from "../shared/Button";
import { ErrorNotice } from "../shared/states";
import { fullTime } from "../shared/time";
import { useDissent } from "./api";

export function Dissent({ loop, open }: { loop: string; open: OpenDebrief }) {
  const send = useDissent(loop);
  const [writing, setWriting] = useState(false);
  const [text, setText] = useState("");
  return (
    <div>
      <h3>Dissent</h3>
      {open.dissents.map((one) => (
        <blockquote key={`${one.who}${one.at}`} className="dissent">
          <p className="prose" dir="auto">
            “{one.text}”
          </p>
          <p className="muted small">
            {one.who}, {fullTime(one.at)}
          </p>
        </blockquote>
      ))}
      {open.dissents.length === 0 && !writing && <p className="muted">None so far.</p>}
      {writing ? (
        <div className="dissent-write">
          <textarea
            className="input"
            aria-label="Your dissent"
            dir="auto"
            rows={3}
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          {send.isError && <ErrorNotice error={send.error} />}
          <span className="offer-do">
            <Button
              busy={send.isPending && "Adding …"}
              onClick={() =>
                text.trim() !== "" &&
                send.mutate(text.trim(), {
                  onSuccess: () => {
                    setText("");
                    setWriting(false);
                  },
                })
              }
            >
              Add to the record, in your name
            </Button>
            <Button kind="quiet" onClick={() => setWriting(false)}>
              Not now
            </Button>
          </span>
        </div>
      ) : (
        <Button kind="quiet" onClick={() => setWriting(true)}>
          Write a dissent
        </Button>
      )}
    </div>
  );
}
