// Everything a person can do to a record, as entries. No keys, no drawing: those call these.
import type { AgendaPhase, Area, Id, Interview, Kit, NoteKind } from "../../api/types";
import type { Draft } from "../outbox/db";
import { firsts, heard, lastMark, lastSignal, type Row } from "../record/fold";
import type { Session } from "../session/session";

export type Deeds = ReturnType<typeof deedsOf>;

interface Around {
  interview: Interview;
  kit: Kit;
  session: Session;
  say: (words: string) => void;
}

export function deedsOf({ interview, kit, session, say }: Around) {
  const put = (...args: Parameters<Session["put"]>) => session.put(...args);
  const areaOf = (id: string): Area | undefined => kit.areas.find((area) => area.id === id);

  function start(): void {
    const first = interview.agenda[0];
    put(first ? [{ kind: "start" }, { kind: "phase", phase: first.id }] : [{ kind: "start" }], 0);
    say("The clock runs.");
  }

  function toggleClock(): void {
    const { state } = session.view().clock;
    if (state === "planned") return start();
    if (state === "ended") return;
    put([{ kind: state === "running" ? "pause" : "resume" }]);
    say(state === "running" ? "Paused." : "The clock runs again.");
  }

  function end(): void {
    put([{ kind: "end" }]);
    say("The interview has ended.");
  }

  function heldOnPaper(started_at: string, minutes: number): void {
    put([{ kind: "on_paper", started_at, minutes }], 0);
    say("Entered. Notes can be added from your sheet.");
  }

  function enter(phase: AgendaPhase): void {
    if (session.view().clock.phase === phase.id) return;
    put([{ kind: "phase", phase: phase.id }]);
    say(`Now: ${phase.title}, ${phase.minutes} minutes.`);
  }

  /** The phase after the clock's in the agenda; null after the last. */
  function following(): AgendaPhase | null {
    const now = session.view().clock.phase;
    const place = interview.agenda.findIndex((phase) => phase.id === now);
    return interview.agenda[place + 1] ?? null;
  }

  function hear(area: Area, signal: string): void {
    put([{ kind: "signal", area: area.id, signal, prompted: null }]);
    const text = area.signals.find((one) => one.id === signal)?.short ?? signal;
    say(`Heard: ${text}.`);
  }

  function flip(id: Id): void {
    put([{ kind: "flip", entry: id }]);
    say("Flipped.");
  }

  function flipLast(): void {
    const row = lastSignal(session.view().rows, session.me);
    if (row) flip(row.id);
    else say("No signal of yours to flip.");
  }

  function ask(area: string, follow_up: string): void {
    put([{ kind: "asked", area, follow_up }]);
    say("Marked as asked.");
  }

  /** The next hint of a phase that was not given yet; null when all three were. */
  function nextHint(phase: AgendaPhase): 1 | 2 | 3 | null {
    const given = firsts(session.view().rows, (row) =>
      row.body.kind === "hint" && row.body.phase === phase.id ? String(row.body.number) : null,
    );
    return ([1, 2, 3] as const).find((n) => n <= phase.hints.length && !given.has(String(n))) ?? null;
  }

  function hint(phase: AgendaPhase, number = nextHint(phase)): void {
    if (number === null) return say("All hints of this phase were given.");
    put([{ kind: "hint", phase: phase.id, number }]);
    say(`Hint ${number}: ${phase.hints[number - 1] ?? ""}`);
  }

  function read(area: string, prompt: string): void {
    put([{ kind: "read", area, prompt }]);
    say("Marked as read aloud.");
  }

  function flag(area: string, red_flag: string): void {
    put([{ kind: "red_flag", area, red_flag }]);
    say("Marked as heard.");
  }

  function show(material: string, shown: boolean): void {
    put([shown ? { kind: "show", material } : { kind: "hide", material }]);
    say(shown ? "Now on the candidate’s screen." : "Taken off the candidate’s screen.");
  }

  /** A note that shows a signal not heard before is also the hearing of it, at the note's moment. */
  async function keepNote(note: Draft & { at_ms: number }, area: Area): Promise<void> {
    const { signal } = note;
    const fresh = signal !== null && !heard(session.view().rows, signal.area, session.me).has(signal.signal);
    const { kept } = put(
      [
        ...(fresh ? [{ kind: "signal", area: signal.area, signal: signal.signal, prompted: null } as const] : []),
        {
          kind: "note",
          note: note.note,
          text: note.text,
          area: signal?.area ?? area.id,
          signal: signal?.signal ?? null,
        },
      ],
      note.at_ms,
      note.moment ?? undefined,
    );
    await kept;
  }

  function revise(id: Id, text: string, note: NoteKind): void {
    put([{ kind: "revise", entry: id, text: text.trim(), note }]);
    say("Changed.");
  }

  function withdraw(row: Row): void {
    put([{ kind: "withdraw", entry: row.id }]);
    say(`Taken back: ${nameOf(row)}.`);
  }

  /** A new entry at the old moment: what was withdrawn stays withdrawn in the log. */
  function putBack(row: Row): void {
    put([row.body], row.at_ms, row.moment ?? undefined);
    say(`Put back: ${nameOf(row)}.`);
  }

  /** Takes back this person's last mark and returns it; null when there is none. */
  function undo(): Row | null {
    const row = lastMark(session.view().rows, session.me);
    if (row) withdraw(row);
    else say("Nothing of yours to take back.");
    return row;
  }

  function nameOf(row: Row): string {
    const { body } = row;
    switch (body.kind) {
      case "signal": {
        const text = areaOf(body.area)?.signals.find((one) => one.id === body.signal)?.short;
        return `signal “${text ?? body.signal}”`;
      }
      case "note":
        return `note “${body.text.length > 40 ? `${body.text.slice(0, 40)}…` : body.text}”`;
      case "asked":
        return "follow-up asked";
      case "hint":
        return `hint ${body.number}`;
      case "read":
        return "prompt read";
      case "red_flag":
        return "worrying answer";
      default:
        return "entry";
    }
  }

  return {
    start, toggleClock, end, heldOnPaper, enter, following, hear, flip, flipLast, ask, nextHint, hint, read, flag, show,
    keepNote, revise, withdraw, putBack, undo, nameOf,
  };
}
