// The keys of the desk, one record an action. What each does is in deeds.ts; here only names, keys
// and when they work.
import { type Action, useKeys } from "../../shared/keys/useKeys";
import { focusNote, focusPencil } from "../note/focus";
import { heard, type Row } from "../record/fold";
import { PHONE, useDesk, useMedia, useView } from "./desk";
import { toggleVeil } from "./veil";

type Key = Pick<Action, "id" | "key">;
const key = (id: string, name: string | null): Key => ({ id: `interview.${id}`, key: name });

export const NOTE_KEY = key("note", "n");
export const ASKED_KEY = key("asked", "q");
export const HINT_KEY = key("hint", "h");
export const LEVEL_KEY = key("level", "l");
export const FLIP_KEY = key("flip", "p");
export const UNDO_KEY = key("undo", "z");
export const READ_KEY = key("read", "r");
export const NEXT_KEY = key("next-phase", ".");
export const CLOCK_KEY = key("clock", "Space");
export const HIDE_KEY = key("hide", "\\");
export const END_KEY = key("end", "e");
export const signalKeyOf = (place: number): Key => key(`signal-${place}`, String(place));

const GROUP = "This interview";

export function useDeskKeys(undone: (row: Row | null) => void): void {
  const desk = useDesk();
  const { deeds, area, at, may_write, interview, open, pick, chosen, choose, look } = desk;
  const view = useView();
  const phone = useMedia(PHONE);
  const { state } = view.clock;
  const under_way = may_write && (state === "running" || state === "paused");
  const may_note = may_write && state !== "planned";
  const there = heard(view.rows, area.id, desk.me.id);
  const relevant = view.relevant.filter((one) => one.area === area.id);
  const next = relevant[Math.min(chosen, relevant.length - 1)];
  const following = deeds.following();
  const prompt = at.prompts.find(
    (id) => !view.rows.some((row) => !row.withdrawn && row.body.kind === "read" && row.body.prompt === id && row.body.area === area.id),
  );
  const here = (one: Key, more: Omit<Action, "id" | "key">): Action => ({ ...one, group: GROUP, ...more });

  useKeys([
    here(NOTE_KEY, {
      name: "Write a note",
      hint: "note",
      when: may_note,
      run: () => (phone ? open("note") : focusNote()),
    }),
    ...area.signals.map((signal, place) =>
      here(signalKeyOf(place + 1), {
        name: `Heard: ${signal.short}`,
        keywords: signal.text,
        hint: "signal",
        when: may_note,
        run: () => (there.has(signal.id) ? pick(signal.id) : deeds.hear(area, signal.id)),
      }),
    ),
    here(ASKED_KEY, {
      name: "Mark the next follow-up as asked",
      hint: "asked",
      when: under_way && next !== undefined,
      run: () => {
        if (next) deeds.ask(next.area, next.follow_up);
        choose(0);
      },
    }),
    here(HINT_KEY, { name: "Give the next hint", hint: "hint", when: under_way, run: () => deeds.hint(at) }),
    here(LEVEL_KEY, { name: "Pencil a level", hint: "level", when: may_note && !phone, run: focusPencil }),
    here(FLIP_KEY, { name: "Flip the last signal: prompted or unprompted", when: may_note, run: deeds.flipLast }),
    here(UNDO_KEY, { name: "Take back your last mark", hint: "take back", when: may_note, run: () => undone(deeds.undo()) }),
    here(READ_KEY, {
      name: "Mark the prompt as read aloud",
      when: under_way && prompt !== undefined,
      run: () => prompt && deeds.read(area.id, prompt),
    }),
    here(NEXT_KEY, {
      name: following ? `Next phase: ${following.title}` : "Next phase",
      when: under_way && following !== null,
      run: () => {
        look(null);
        if (following) deeds.enter(following);
      },
    }),
    here(key("next-phase-arrow", "ArrowRight"), {
      name: "On to the next phase",
      when: under_way && following !== null,
      run: () => {
        look(null);
        if (following) deeds.enter(following);
      },
    }),
    here(key("choose-down", "ArrowDown"), {
      name: "Choose the follow-up below",
      when: under_way && relevant.length > 1,
      run: () => choose(Math.min(chosen + 1, relevant.length - 1)),
    }),
    here(key("choose-up", "ArrowUp"), {
      name: "Choose the follow-up above",
      when: under_way && relevant.length > 1,
      run: () => choose(Math.max(chosen - 1, 0)),
    }),
    here(CLOCK_KEY, {
      name: state === "planned" ? "Start the clock" : state === "paused" ? "Go on" : "Pause the clock",
      when: may_write && state !== "ended",
      run: deeds.toggleClock,
    }),
    here(HIDE_KEY, { name: "Hide what is panel only, or show it again", hint: "hide what is panel only", inDialog: true, run: toggleVeil }),
    here(key("hide-typing", "Mod+\\"), { name: "Hide what is panel only, also while typing", typing: true, inDialog: true, run: toggleVeil }),
    here(END_KEY, { name: "End the interview", when: under_way, run: () => open("end") }),
    here(key("phases", null), { name: "All phases", run: () => open("phases") }),
    here(key("link", null), { name: "The candidate’s link", when: may_write && !interview.room?.rehearsal, run: () => open("link") }),
    here(key("attach", null), {
      name: "Attach to an opening",
      when: interview.can_attach,
      run: () => open("attach"),
    }),
    here(key("print", null), { name: "Print this record", run: () => window.print() }),
    ...area.red_flags.map((flag) =>
      here(key(`flag-${flag.id}`, null), {
        name: `Worrying: ${flag.says}`,
        when: may_note,
        run: () => deeds.flag(area.id, flag.id),
      }),
    ),
  ]);
}
