// What an entry of a record says, for somebody who reads it afterwards. Entries come folded from the
// server (revised, flipped, withdrawn); ids become the kit's words here.
import type { Area, Entry, Interview, Kit } from "../../api/types";

export interface Said {
  /** What kind of thing happened: "said", "signal", "asked" … */
  kind: string;
  text: string;
  /** Written down by a person, as against something the page noted. */
  own: boolean;
  /** After the text, muted. */
  note?: string;
}

export function textOf(entry: Entry, interview: Interview, kit: Kit): Said {
  const body = entry.body;
  const area = (id: string): Area | undefined => kit.areas.find((one) => one.id === id);
  const heard = (prompted: boolean | null) => (prompted === null ? undefined : prompted ? "prompted" : "unprompted");
  switch (body.kind) {
    case "note": {
      const signal = body.area && body.signal ? area(body.area)?.signals.find((one) => one.id === body.signal) : undefined;
      return {
        kind: body.note === "reading" ? "reading" : body.note,
        text: body.text,
        own: true,
        note: signal ? `signal: ${signal.short}` : undefined,
      };
    }
    case "signal":
      return {
        kind: "signal",
        text: area(body.area)?.signals.find((one) => one.id === body.signal)?.text ?? body.signal,
        own: false,
        note: heard(body.prompted),
      };
    case "red_flag":
      return {
        kind: "red flag",
        text: `“${unquoted(area(body.area)?.red_flags.find((one) => one.id === body.red_flag)?.says ?? body.red_flag)}”`,
        own: false,
      };
    case "asked":
      return {
        kind: "asked",
        text: area(body.area)?.follow_ups.find((one) => one.id === body.follow_up)?.text ?? body.follow_up,
        own: false,
      };
    case "read": {
      const prompt = area(body.area)?.prompts.find((one) => one.id === body.prompt)?.text ?? body.prompt;
      return { kind: "prompt", text: firstSentence(prompt), own: false, note: "read aloud" };
    }
    case "hint": {
      const phase = interview.agenda.find((one) => one.id === body.phase);
      return { kind: `hint ${body.number}`, text: phase?.hints[body.number - 1] ?? body.phase, own: false };
    }
    case "phase":
      return { kind: "phase", text: interview.agenda.find((one) => one.id === body.phase)?.title ?? body.phase, own: false };
    case "show":
    case "hide": {
      const material = interview.material.find((one) => one.id === body.material)?.title ?? body.material;
      return { kind: body.kind === "show" ? "shown" : "hidden", text: material, own: false };
    }
    case "start":
      return { kind: "clock", text: "The clock was started.", own: false };
    case "pause":
      return { kind: "clock", text: "Paused.", own: false };
    case "resume":
      return { kind: "clock", text: "Went on.", own: false };
    case "end":
      return { kind: "clock", text: "The interview ended.", own: false };
    case "on_paper":
      return { kind: "on paper", text: `Held away from here, ${body.minutes} minutes.`, own: false };
    case "call_off":
      return { kind: "called off", text: body.reason, own: true };
    default:
      return { kind: body.kind, text: "", own: false };
  }
}

const unquoted = (text: string) => text.replace(/^[“"]|[”"]$/gu, "");

function firstSentence(text: string): string {
  const sentence = /^.*?[.?!](?=\s|$)/su.exec(text)?.[0] ?? text;
  return sentence.length < text.length ? `${sentence} …` : sentence;
}
