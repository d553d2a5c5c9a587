// Things of the kit by their ids. A shipped kit has no dangling ids; a stale record may.
import type { Area, FollowUp, Kit, Prompt } from "../api/types";

export const areaOf = (kit: Kit, id: string): Area | undefined => kit.areas.find((area) => area.id === id);
export const promptOf = (area: Pick<Area, "prompts"> | undefined, id: string): Prompt | undefined =>
  area?.prompts.find((prompt) => prompt.id === id);
export const followUpOf = (area: Pick<Area, "follow_ups"> | undefined, id: string): FollowUp | undefined =>
  area?.follow_ups.find((followUp) => followUp.id === id);

/** The words of a prompt or follow-up, whichever has this id. */
export const questionText = (asked: Pick<Area, "prompts" | "follow_ups">, id: string): string =>
  promptOf(asked, id)?.text ?? followUpOf(asked, id)?.text ?? id;

/** First paragraph of a text. */
export const firstParagraph = (text: string): string => text.split(/\n\s*\n/u)[0] ?? text;
