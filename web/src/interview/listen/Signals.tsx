// The signals of the area, each a row with its key. Pressing an unheard one marks it; pressing a
// heard one opens what can be done about it, so that nothing is taken back by accident.
import { useEffect, useRef } from "react";
import type { Signal } from "../../api/types";
import { clock } from "../../shared/time";
import { initialsOf, signalKey, useDesk, useView } from "../desk/desk";
import { heard, type Heard } from "../record/fold";

export function Signals({ form }: { form: "text" | "short" }) {
  const { area, me } = useDesk();
  const { rows } = useView();
  const there = heard(rows, area.id, me.id);
  return (
    <ol className="signals">
      {area.signals.map((signal) => (
        <SignalRow key={signal.id} signal={signal} form={form} heard={there.get(signal.id) ?? null} />
      ))}
    </ol>
  );
}

function SignalRow({ signal, form, heard: there }: { signal: Signal; form: "text" | "short"; heard: Heard | null }) {
  const { area, deeds, may_write, picked, pick } = useDesk();
  const { clock: now } = useView();
  const may = may_write && now.state !== "planned";
  const open = picked === signal.id && there !== null;
  const digit = signalKey(area, signal.id);
  const state = there === null ? "no" : there.prompted === true ? "prompted" : there.prompted === false ? "unprompted" : "unknown";
  return (
    <li className="sig" data-open={open || undefined}>
      <button
        type="button"
        className="sig-row"
        disabled={!may}
        aria-pressed={there !== null}
        aria-expanded={there === null ? undefined : open}
        title={form === "short" ? signal.text : signal.counts || undefined}
        onClick={() => (there ? pick(open ? null : signal.id) : deeds.hear(area, signal.id))}
      >
        <kbd className="sig-key" data-heard={state}>
          {digit}
        </kbd>
        <span className="sig-text" dir="auto">
          {form === "text" ? signal.text : signal.short}
        </span>
        <SignalState there={there} />
      </button>
      {open && <Choices signal={signal} there={there} form={form} />}
    </li>
  );
}

function SignalState({ there }: { there: Heard | null }) {
  const { interview } = useDesk();
  const view = useView();
  if (there === null) return <span className="sig-state muted">not heard</span>;
  return (
    <span className="sig-state" data-prompted={there.prompted ?? undefined}>
      <b>
        {!there.mine && <bdi>{initialsOf(interview, view, there.who).initials} </bdi>}
        {clock(there.at_ms)}
      </b>{" "}
      {there.prompted === null ? "marked" : there.prompted ? "prompted" : "unprompted"}
    </span>
  );
}

function Choices({ signal, there, form }: { signal: Signal; there: Heard; form: "text" | "short" }) {
  const { area, deeds, pick } = useDesk();
  const { rows } = useView();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const row = rows.find((one) => one.id === there.row);
  const close = () => pick(null);
  return (
    <div
      className="sig-choices small"
      role="group"
      aria-label={`Signal ${signalKey(area, signal.id)}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      {form === "short" && (
        <p className="muted pretty" dir="auto">
          {signal.text}
        </p>
      )}
      {signal.counts && (
        <p className="muted pretty" dir="auto">
          Counts too: {signal.counts}
        </p>
      )}
      <button
        ref={first}
        type="button"
        className="link"
        onClick={() => {
          deeds.flip(there.row);
          close();
        }}
      >
        {there.prompted === true ? "It was unprompted" : there.prompted === false ? "It was prompted" : "Flip prompted"}
      </button>
      {row && (
        <button
          type="button"
          className="link"
          onClick={() => {
            deeds.withdraw(row);
            close();
          }}
        >
          Take it back
        </button>
      )}
      <button
        type="button"
        className="link"
        onClick={() => {
          deeds.hear(area, signal.id);
          close();
        }}
      >
        Heard again now
      </button>
      <button type="button" className="link end" onClick={close}>
        Close
      </button>
    </div>
  );
}
