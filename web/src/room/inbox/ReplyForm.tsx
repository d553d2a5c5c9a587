// An answer to a customer: whether it is so, and what one writes to them.
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { Refusals, Sending, useWords } from "../parts";
import { usePlace, useSession } from "../session/hooks";
import type { Ticket, Verdict } from "../wire";

export const VERDICTS: Record<Verdict, string> = {
  it_is_so: "It is as they say",
  it_is_not: "It is not so",
  cannot_tell: "I cannot tell yet",
};

export function ReplyForm({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const session = useSession();
  const place = `ticket ${ticket.number}`;
  const { waiting } = usePlace(place);
  const [verdict, choose] = useState<Verdict | null>(null);
  const [words, write] = useWords(place);
  const name = useId();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!verdict || words.trim() === "" || waiting > 0) return;
    session.send(place, { kind: "reply", ticket: ticket.number, verdict }, words.trim());
  };
  // The server has it: the row says so itself.
  useEffect(() => {
    if (ticket.reply) {
      write("");
      onClose();
    }
  }, [ticket.reply]);
  return (
    <form className="rm-form" onSubmit={send} onKeyDown={(event) => event.key === "Escape" && (event.stopPropagation(), onClose())}>
      <fieldset className="rm-choices">
        <legend className="vh">What is true of it</legend>
        {(Object.keys(VERDICTS) as Verdict[]).map((one, place) => (
          <label key={one}>
            <input ref={place === 0 ? first : undefined} type="radio" name={name} checked={verdict === one} onChange={() => choose(one)} />{" "}
            {VERDICTS[one]}
          </label>
        ))}
      </fieldset>
      <textarea
        className="input"
        aria-label="What you write to the customer"
        placeholder="What you write to the customer"
        rows={2}
        maxLength={2000}
        dir="auto"
        value={words}
        onChange={(event) => write(event.target.value)}
      />
      <Refusals place={place} />
      <div className="rm-deeds">
        <button type="submit" className="btn go" aria-disabled={!verdict || words.trim() === "" || waiting > 0}>
          Send answer
        </button>
        <button type="button" className="link" onClick={onClose}>
          Leave it
        </button>
        <Sending place={place} />
        {!verdict && <span className="small muted">Say first whether it is so.</span>}
      </div>
    </form>
  );
}
