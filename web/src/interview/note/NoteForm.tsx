// Where a note is written. Its moment is held at the first keystroke; Tab changes what it is, Enter
// keeps it, Esc leaves with the draft kept. Typed digits are digits; with Alt they name a signal.
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { Kbd } from "../../shared/Kbd";
import { clock } from "../../shared/time";
import { signalKey, useDesk, useElapsed } from "../desk/desk";
import { nextKind } from "../record/fold";
import { NOTE_FIELD } from "./focus";
import { NoteKinds } from "./NoteKinds";

interface Props {
  /** After a note was kept or left. */
  onLeave?: () => void;
  autoFocus?: boolean;
  /** On a phone there is no Alt and no Tab: choices instead. */
  touch?: boolean;
  /** Written in the place of the interview's own moment. */
  moment?: ReactNode;
}

export function NoteForm({ onLeave, autoFocus, touch = false, moment }: Props) {
  const { session, draft, deeds, area, say } = useDesk();
  const now = useSyncExternalStore(draft.subscribe, draft.snapshot, draft.snapshot);
  const elapsed = useElapsed(session);
  const held = now.at_ms !== null;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!autoFocus) return;
    // A dialog that opens puts the focus on its first control; the field comes after that.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [autoFocus]);

  const keep = () => {
    const kept = draft.take(session.elapsed(), (note) => deeds.keepNote(note, area));
    if (!kept) return;
    say("Note kept.");
    onLeave?.();
  };

  const attach = (id: string | null) =>
    draft.attach(id === null ? null : { area: area.id, signal: id });

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const digit = /^(?:Digit|Numpad)([1-9])$/u.exec(event.code)?.[1];
    if (event.altKey && !event.ctrlKey && digit) {
      event.preventDefault();
      const signal = area.signals[Number(digit) - 1];
      if (signal) attach(now.signal?.signal === signal.id ? null : signal.id);
    } else if (event.key === "Tab" && !event.shiftKey && !event.altKey && !event.ctrlKey && !touch) {
      event.preventDefault();
      draft.setKind(nextKind(now.note));
      say(nextKind(now.note) === "reading" ? "my reading" : nextKind(now.note));
    } else if (event.key === "Enter" && !event.shiftKey && !touch) {
      event.preventDefault();
      keep();
    } else if (event.key === "Escape") {
      event.currentTarget.blur();
      onLeave?.();
    }
  };

  return (
    <div className="note-form">
      <div className="note-row">
        <b className="note-moment" data-held={held || undefined}>
          {moment ?? clock(now.at_ms ?? elapsed)}
        </b>
        <NoteKinds value={now.note} onChange={(kind) => draft.setKind(kind)} />
        {!touch && (
          <span className="end">
            <Kbd name="Tab" />
          </span>
        )}
      </div>
      <textarea
        id={touch ? undefined : NOTE_FIELD}
        className="note-field"
        dir="auto"
        rows={2}
        aria-label="Note"
        aria-describedby="note-help"
        ref={field}
        maxLength={10_000}
        value={now.text}
        onChange={(event) => draft.write(event.target.value, session.elapsed(), session.moment())}
        onKeyDown={onKeyDown}
        onFocus={() => {
          draft.writing_here = true;
        }}
        onBlur={() => {
          draft.writing_here = false;
        }}
      />
      <div className="note-under small muted">
        <button type="button" className={touch ? "btn go" : "note-keep"} onClick={keep}>
          {touch ? "Keep" : <><Kbd name="Enter" /> keep</>}
        </button>
        <span className="mid-gone phone-gone">
          {held ? "moment held at the first keystroke" : "first keystroke holds the moment"}
        </span>
        <span className="vh" id="note-help">
          {touch ? "" : "Tab changes the kind, Shift Tab moves back, Enter keeps, Escape leaves and keeps the draft, Alt with a digit names a signal."}
        </span>
        <span className="end">{touch ? <Chooser /> : <Attached />}</span>
      </div>
    </div>
  );
}

function Attached() {
  const { draft, kit, area } = useDesk();
  const now = useSyncExternalStore(draft.subscribe, draft.snapshot, draft.snapshot);
  if (!now.signal) {
    return area.signals.length === 0 ? null : (
      <span className="note-signal">
        <kbd>Alt 1–{area.signals.length}</kbd> also a signal
      </span>
    );
  }
  const its = kit.areas.find((one) => one.id === now.signal?.area);
  const signal = its?.signals.find((one) => one.id === now.signal?.signal);
  return (
    <button type="button" className="note-signal" onClick={() => draft.attach(null)}>
      <kbd className="sig-key" data-heard="unprompted">
        {its && signal ? signalKey(its, signal.id) : "?"}
      </kbd>
      <span dir="auto">{signal?.short ?? now.signal.signal}</span>
      <span aria-hidden="true">×</span>
      <span className="vh">Not a signal after all</span>
    </button>
  );
}

function Chooser() {
  const { draft, area } = useDesk();
  const now = useSyncExternalStore(draft.subscribe, draft.snapshot, draft.snapshot);
  return (
    <select
      className="input"
      aria-label="Also a signal"
      value={now.signal?.signal ?? ""}
      onChange={(event) =>
        draft.attach(event.target.value === "" ? null : { area: area.id, signal: event.target.value })
      }
    >
      <option value="">no signal</option>
      {area.signals.map((signal, place) => (
        <option key={signal.id} value={signal.id}>
          {place + 1} {signal.short}
        </option>
      ))}
    </select>
  );
}
