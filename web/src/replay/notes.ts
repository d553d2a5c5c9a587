// Notes and signals of the interview that were written beside this take, as points of its time line.
import type { Interview, Kit } from "../api/types";
import { textOf } from "../debrief/moment/entryText";
import type { Point } from "./track";

const SHOWN = new Set(["note", "signal", "asked", "hint", "red_flag"]);

export function notePoints(interview: Interview, kit: Kit, take: string): Point[] {
  return interview.entries.flatMap((entry): Point[] => {
    if (entry.withdrawn || entry.moment?.take !== take || !SHOWN.has(entry.body.kind)) return [];
    const said = textOf(entry, interview, kit);
    return [{ v: entry.moment.v, kind: "note", word: said.kind, text: said.text, key: null }];
  });
}
