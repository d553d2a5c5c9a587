// Small parts of the room: signs, what became of a command, a text that survives a reload, and the clock's words.
import { createContext, useContext, useEffect, useState } from "react";
import { remembered } from "../shared/store";
import { clock } from "../system/format";
import { usePlace, useRoom, useSession } from "./session/hooks";
import type { Body } from "./wire";

/** False where somebody only looks at what the candidate sees. */
export const MayContext = createContext(true);

export function useMay(): boolean {
  const may = useContext(MayContext);
  const ended = useRoom((state) => state.clock.ended);
  return may && !ended;
}

/** v → time since the opening. */
export function useClock(): (v: number) => string {
  const opens = useRoom((state) => state.hello.opens);
  return (v) => clock((v - opens) / 1e6);
}

const SIGNS = {
  open: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  done: <path d="M1.5 6.5l3 3 6-7" fill="none" stroke="currentColor" strokeWidth="2" />,
  none: <path d="M2 6h8" stroke="currentColor" strokeWidth="1.5" />,
  half: <path d="M6 1.75a4.25 4.25 0 010 8.5zM6 1.75a4.25 4.25 0 000 8.5" fill="currentColor" stroke="currentColor" />,
  diamond: <path d="M6 .8L11.2 6 6 11.2.8 6z" fill="currentColor" />,
  hollow: <path d="M6 1.6L10.4 6 6 10.4 1.6 6z" fill="none" stroke="currentColor" strokeWidth="1.3" />,
  up: <path d="M6 1.5l5 9H1z" fill="currentColor" />,
  bolt: <path d="M7 .5L2.5 7H6l-1 4.5L9.5 5H6z" fill="currentColor" />,
  dot: <circle cx="6" cy="6" r="3" fill="currentColor" />,
} as const;

export function Sign({ is }: { is: keyof typeof SIGNS }) {
  return (
    <svg className="rm-sign" viewBox="0 0 12 12" aria-hidden="true">
      {SIGNS[is]}
    </svg>
  );
}

/** What was refused, where it was made. */
export function Refusals({ place }: { place: string }) {
  const { rejected } = usePlace(place);
  const { outbox } = useSession();
  const running = useRoom((state) => state.clock.running);
  // Refused because it is so already: nothing to tell.
  const moot = ({ kind }: Body) => (kind === "pause" && !running) || (kind === "resume" && running);
  return rejected.filter((one) => !moot(one.sent.body)).map((one) => (
    <div key={one.sent.id} className="rm-refused" role="alert">
      <span className="pretty">
        <b>Not taken.</b> {one.rejected}
        {one.sent.words ? <span className="muted"> You wrote: “{one.sent.words}”</span> : null}
      </span>
      <button type="button" className="link small" onClick={() => outbox.dismiss(one.sent.id)}>
        Put away
      </button>
    </div>
  ));
}

/** Said only when it takes long. */
export function Sending({ place }: { place: string }) {
  const { waiting } = usePlace(place);
  return waiting > 0 ? <span className="rm-late small muted">kept here, being sent</span> : null;
}

/** A text being written: kept in this browser until it is sent, per take. */
export function useWords(name: string, first = ""): [string, (next: string) => void] {
  const take = useRoom((state) => state.hello.take.id);
  const key = `room.words.${take}.${name}`;
  const [words, setWords] = useState(() => remembered.read(key) ?? first);
  useEffect(() => setWords(remembered.read(key) ?? first), [key, first]);
  return [
    words,
    (next) => {
      setWords(next);
      remembered.write(key, next === first ? null : next);
    },
  ];
}

export function Filled({ text }: { text: string }) {
  return (
    <span dir="auto" className="prose">
      “{text}”
    </span>
  );
}
