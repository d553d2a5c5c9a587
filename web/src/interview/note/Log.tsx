// The record as it grows, newest first: notes with their kind, and in grey what was asked, given and
// heard. Own notes can be worded anew; own marks can be taken back and put back.
import { useState } from "react";
import type { Area } from "../../api/types";
import { quoted } from "../../kit/parts";
import { clock } from "../../shared/time";
import { initialsOf, signalKey, useDesk, useView } from "../desk/desk";
import { lastMark, NOTE_WORD, type Row } from "../record/fold";
import { ChangeNote } from "./ChangeNote";

interface Props {
  /** The row taken back last, offered to be put back. */
  undone: Row | null;
  onUndone: (row: Row | null) => void;
}

export function Log({ undone, onUndone }: Props) {
  const { deeds, session, may_write } = useDesk();
  const { rows } = useView();
  const [changing, setChanging] = useState<string | null>(null);
  const shown = rows.filter((row) => !row.withdrawn && isShown(row, rows)).toReversed();
  // Offered until the next mark: then what was taken back is past.
  const putBack = undone && (lastMark(rows, session.me)?.id ?? "") < undone.id ? undone : null;
  const several = new Set(rows.map((row) => row.who)).size > 1;
  return (
    <>
      {putBack && (
        <div className="undone small">
          <span className="pretty" dir="auto">
            Taken back: {deeds.nameOf(putBack)}, {clock(putBack.at_ms)}.
          </span>
          <button
            type="button"
            className="link"
            onClick={() => {
              deeds.putBack(putBack);
              onUndone(null);
            }}
          >
            Put back
          </button>
        </div>
      )}
      {shown.length === 0 && <p className="small muted log-empty">Nothing in the record yet. A note begins with its first keystroke.</p>}
      <ol className="log">
        {shown.map((row) => (
          <li key={row.id} className="log-row" data-sys={row.body.kind !== "note" || undefined}>
            <time>{clock(row.at_ms)}</time>
            <span className="log-kind">
              {kindWord(row)}
              {several && <Writer row={row} />}
            </span>
            {changing === row.id && row.body.kind === "note" ? (
              <ChangeNote
                row={row}
                onClose={() => setChanging(null)}
                onWithdraw={() => {
                  deeds.withdraw(row);
                  onUndone(row);
                }}
              />
            ) : (
              <div className="log-what">
                <What row={row} />
                {row.waiting && <span className="small muted late"> not sent yet</span>}
              </div>
            )}
            {may_write && row.who === session.me && changing !== row.id && (
              <Change
                row={row}
                onChange={() => setChanging(row.id)}
                onWithdraw={() => {
                  deeds.withdraw(row);
                  onUndone(row);
                }}
              />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

/** Entries that have a line of their own. */
const LINES = ["note", "asked", "hint", "read", "red_flag", "phase", "start", "pause", "resume", "end", "show", "hide"];

/** A signal that a note of the same moment carries is told by the note. */
function isShown(row: Row, rows: readonly Row[]): boolean {
  const { body } = row;
  if (body.kind !== "signal") return LINES.includes(body.kind);
  return !rows.some(
    (other) =>
      !other.withdrawn &&
      other.who === row.who &&
      other.at_ms === row.at_ms &&
      other.body.kind === "note" &&
      other.body.signal === body.signal,
  );
}

function Writer({ row }: { row: Row }) {
  const { interview, me } = useDesk();
  const view = useView();
  const who = row.who === me.id ? me : initialsOf(interview, view, row.who);
  return (
    <abbr className="writer" title={who.name}>
      {who.initials}
    </abbr>
  );
}

const COURSE = {
  start: "clock",
  pause: "clock",
  resume: "clock",
  end: "clock",
  call_off: "called off",
  on_paper: "on paper",
  phase: "phase",
  show: "screen",
  hide: "screen",
} as const;

export function kindWord({ body }: Row): string {
  switch (body.kind) {
    case "note":
      return NOTE_WORD[body.note];
    case "asked":
      return "asked";
    case "hint":
      return `hint ${body.number}`;
    case "read":
      return "read aloud";
    case "signal":
      return "signal";
    case "red_flag":
      return "worrying";
    case "revise":
    case "flip":
    case "withdraw":
      return "";
    default:
      return COURSE[body.kind];
  }
}

export function What({ row }: { row: Row }) {
  const { kit, interview } = useDesk();
  const { body } = row;
  const areaOf = (id: string): Area | undefined => kit.areas.find((one) => one.id === id);
  switch (body.kind) {
    case "note": {
      const its = body.area ? areaOf(body.area) : undefined;
      return (
        <>
          <span className="prose" dir="auto">
            {body.text}
          </span>
          {its && body.signal && <span className="small muted nowrap"> signal {signalKey(its, body.signal)}</span>}
        </>
      );
    }
    case "asked":
      return <Sys text={areaOf(body.area)?.follow_ups.find((one) => one.id === body.follow_up)?.text ?? body.follow_up} />;
    case "hint": {
      const phase = interview.agenda.find((one) => one.id === body.phase);
      return <Sys text={quoted(phase?.hints[body.number - 1] ?? body.phase)} />;
    }
    case "read":
      return <Sys text={`the prompt${(areaOf(body.area)?.prompts.length ?? 0) > 1 ? ` “${body.prompt}”` : ""}`} />;
    case "signal": {
      const its = areaOf(body.area);
      const signal = its?.signals.find((one) => one.id === body.signal);
      const how = body.prompted === null ? "" : body.prompted ? ", prompted" : ", unprompted";
      return <Sys text={`${its ? signalKey(its, body.signal) : ""} ${signal?.short ?? body.signal}${how}`} />;
    }
    case "red_flag": {
      const flag = areaOf(body.area)?.red_flags.find((one) => one.id === body.red_flag);
      return <Sys text={flag ? quoted(flag.says) : body.red_flag} />;
    }
    case "phase":
      return <Sys text={interview.agenda.find((one) => one.id === body.phase)?.title ?? body.phase} />;
    case "show":
    case "hide": {
      const title = interview.material.find((one) => one.id === body.material)?.title ?? body.material;
      return <Sys text={`${title} ${body.kind === "show" ? "shown" : "taken off"}`} />;
    }
    case "start":
      return <Sys text="started" />;
    case "pause":
      return <Sys text="paused" />;
    case "resume":
      return <Sys text="goes on" />;
    case "end":
      return <Sys text="ended" />;
    case "on_paper":
      return <Sys text={`held away from here, ${body.minutes} minutes`} />;
    default:
      return null;
  }
}

function Sys({ text }: { text: string }) {
  return (
    <span className="sys" dir="auto">
      {text}
    </span>
  );
}

const MARKS = ["asked", "hint", "read", "signal", "red_flag"];

function Change({ row, onChange, onWithdraw }: { row: Row; onChange: () => void; onWithdraw: () => void }) {
  const note = row.body.kind === "note";
  if (!note && !MARKS.includes(row.body.kind)) return null;
  const says = note ? `Change the note of ${clock(row.at_ms)}` : `Take back what was marked at ${clock(row.at_ms)}`;
  return (
    <button type="button" className="log-deed" title={note ? "Change" : "Take back"} onClick={note ? onChange : onWithdraw}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path
          d={note ? "M2 10l.6-2.4L8.4 1.8l1.8 1.8-5.8 5.8L2 10z" : "M2.5 2.5l7 7M9.5 2.5l-7 7"}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.3"
          strokeLinejoin="round"
        />
      </svg>
      <span className="vh">{says}</span>
    </button>
  );
}
