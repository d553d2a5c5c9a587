// What becomes of one area when two tabs changed it from the same beginning. Changes to different
// parts go together; where both changed the same part differently, theirs stands (the server has it
// already) and the part is named, so that ours can be offered. No text is dropped here.
import type { AreaScore } from "../api/types";

/** `level`, `confidence`, `would_move`, `seen/<behaviour>` or `evidence/<entry>`. */
export type Part = string;

export interface Merged {
  score: AreaScore;
  /** Parts where theirs stands against ours. */
  clashes: Part[];
}

export function merge(base: AreaScore, ours: AreaScore, theirs: AreaScore): Merged {
  const [was, mine, other] = [parts(base), parts(ours), parts(theirs)];
  const takes: Part[] = [];
  const clashes: Part[] = [];
  for (const part of new Set([...was.keys(), ...mine.keys(), ...other.keys()])) {
    const [before, our, their] = [was.get(part) ?? "", mine.get(part) ?? "", other.get(part) ?? ""];
    if (our === their || our === before) continue;
    if (their === before) takes.push(part);
    else clashes.push(part);
  }
  return { score: takeParts(theirs, ours, takes), clashes };
}

/** `score` with the named parts as they are in `from`. */
export function takeParts(score: AreaScore, from: AreaScore, names: readonly Part[]): AreaScore {
  let result = score;
  for (const part of names) {
    if (part === "level") result = { ...result, decided: from.decided, level: from.level };
    else if (part === "confidence") result = { ...result, confidence: from.confidence };
    else if (part === "would_move") result = { ...result, would_move: from.would_move };
    else if (part.startsWith("seen/")) {
      const behaviour = part.slice("seen/".length);
      result = {
        ...result,
        seen: [
          ...result.seen.filter((mark) => mark.behaviour !== behaviour),
          ...from.seen.filter((mark) => mark.behaviour === behaviour),
        ],
      };
    } else {
      const entry = part.slice("evidence/".length);
      result = {
        ...result,
        evidence: [
          ...result.evidence.filter((cited) => cited.entry !== entry),
          ...from.evidence.filter((cited) => cited.entry === entry),
        ],
      };
    }
  }
  return result;
}

/** Every part in which the two differ. */
export function differing(a: AreaScore, b: AreaScore): Part[] {
  const [left, right] = [parts(a), parts(b)];
  return [...new Set([...left.keys(), ...right.keys()])].filter(
    (part) => (left.get(part) ?? "") !== (right.get(part) ?? ""),
  );
}

/** Each part as text; what is absent is the empty text. */
function parts(score: AreaScore): Map<Part, string> {
  const map = new Map<Part, string>([
    ["level", score.decided ? (score.level ?? "not assessed") : ""],
    ["confidence", score.confidence === null ? "" : String(score.confidence)],
    ["would_move", score.would_move],
  ]);
  for (const mark of score.seen) map.set(`seen/${mark.behaviour}`, mark.level);
  for (const cited of score.evidence) map.set(`evidence/${cited.entry}`, `cited ${cited.behaviour ?? ""}`);
  return map;
}
