// Whom and what a closed debrief waits for, in words. The server decides when it opens; here it is only said.
import type { Debrief, InterviewLite, ScorecardDue } from "../api/types";
import { inWords } from "../shared/time";

/** Cards that somebody waits for. */
export const awaited = (cards: readonly ScorecardDue[]): ScorecardDue[] =>
  cards.filter((card) => card.submitted_at === null && card.excused === null);

/** Interviews that were not held yet and not called off. */
export const toHold = (interviews: readonly InterviewLite[]): InterviewLite[] =>
  interviews.filter((one) => one.state !== "ended" && one.state !== "called_off");

export function waitingTitle({ scorecards: cards, loop }: Pick<Debrief, "scorecards" | "loop">): string {
  const open = awaited(cards);
  const mine = cards.find((card) => card.you);
  const others = open.filter((card) => !card.you).length;
  const holding = toHold(loop.interviews).length;
  if (cards.length === 0) {
    const off = loop.interviews.length > 0 && loop.interviews.every((one) => one.state === "called_off");
    return off ? "Every interview was called off." : "No scorecard is due yet.";
  }
  if (open.length === 0) {
    if (mine?.excused && mine.submitted_at === null) return "You are excused. Nobody waits for yours.";
    if (holding === 0) return "Nobody has written a scorecard.";
    return `The scorecards are in. Waiting for ${holding === 1 ? "an interview" : `${inWords(holding)} interviews`} to be held.`;
  }
  if (!mine) return `Waiting for ${inWords(open.length)} of ${inWords(cards.length)}.`;
  if (mine.excused && mine.submitted_at === null) return `You are excused. Waiting for ${inWords(others)} more.`;
  if (mine.submitted_at === null)
    return others === 0 ? "Waiting for yours alone." : `Waiting for yours and ${inWords(others)} more.`;
  return `Yours is in. Waiting for ${others === 1 ? "one more" : `${inWords(others)} more`}.`;
}

/** What to send to somebody who owes a scorecard. Nothing in it says what anybody thought. */
export function reminder(card: ScorecardDue, loop: Debrief["loop"], base: string, due: string | null): string {
  const role = loop.opening ? ` (${loop.opening.title})` : "";
  const until = due ? `, due ${due}` : "";
  return (
    `Hello ${card.person.name}, the debrief of candidate ${loop.code}${role} waits for your scorecard${until}. ` +
    `It is here: ${base}/loops/${loop.id}/scorecard`
  );
}
