// Before the menu: what one would do, in one's own words. Options are not in the page until this is saved or they are asked for.
import { type FormEvent, type KeyboardEvent, useEffect, useRef } from "react";
import { Refusals, Sending, useWords } from "../parts";
import { usePlace, useSession } from "../session/hooks";

export function AnswerForm({ decision }: { decision: string }) {
  const session = useSession();
  const place = `decision ${decision}`;
  const { waiting } = usePlace(place);
  const [words, write] = useWords(`answer ${decision}`);
  const field = useRef<HTMLTextAreaElement>(null);
  // Unfolded by its own button: then one wants to write. Shown without being asked for, it leaves the keys to the page.
  useEffect(() => {
    if (document.activeElement?.closest(".rm-question")) field.current?.focus({ preventScroll: true });
  }, []);
  const empty = words.trim() === "";
  const save = (event?: FormEvent) => {
    event?.preventDefault();
    if (empty || waiting > 0) return;
    session.send(place, { kind: "answer", decision }, words.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
    else if (event.key === "Escape") field.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form className="rm-form" onSubmit={save}>
      <textarea
        ref={field}
        className="input rm-answer"
        aria-label="Your answer"
        placeholder="What would you do, and why?"
        rows={3}
        maxLength={4000}
        dir="auto"
        value={words}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Refusals place={place} />
      <div className="rm-deeds">
        <button type="submit" className="btn go" aria-disabled={empty || waiting > 0}>
          Save answer
        </button>
        <button type="button" className="link rm-act" onClick={() => waiting === 0 && session.send(place, { kind: "show_options", decision })}>
          Show options
        </button>
        <Sending place={place} />
        {waiting === 0 && <span className="small muted">Options open once it is saved.</span>}
      </div>
    </form>
  );
}
