// One area's score as a value: its blank, its equality, and the small changes that a person makes to
// it. What is allowed, and what is missing, is the server's to say; nothing here weighs anything.
import type { AreaScore, Confidence, Evidence, Level, NoteForScoring } from "../api/types";

export const LEVELS: readonly Level[] = ["weak", "good", "excellent"];

export function blank(area: string): AreaScore {
  return { area, decided: false, level: null, confidence: null, would_move: "", seen: [], evidence: [] };
}

/** Null is a decision too: not assessed. */
export function withLevel(score: AreaScore, level: Level | null): AreaScore {
  return { ...score, decided: true, level };
}

/** Marks the cell as seen; the same cell again takes the mark away, another one moves it. */
export function withSeen(score: AreaScore, behaviour: string, level: Level): AreaScore {
  const before = score.seen.find((mark) => mark.behaviour === behaviour);
  const rest = score.seen.filter((mark) => mark.behaviour !== behaviour);
  return { ...score, seen: before?.level === level ? rest : [...rest, { behaviour, level }] };
}

export function seenLevel(score: AreaScore, behaviour: string): Level | null {
  return score.seen.find((mark) => mark.behaviour === behaviour)?.level ?? null;
}

export function isCited(score: AreaScore, entry: string): boolean {
  return score.evidence.some((evidence) => evidence.entry === entry);
}

/** Cites the note, or takes the citation away. */
export function withNote(score: AreaScore, note: NoteForScoring, behaviour: string | null): AreaScore {
  if (isCited(score, note.entry)) return withoutEvidence(score, note.entry);
  const evidence: Evidence = {
    entry: note.entry,
    kind: note.kind,
    // The room's time counts in nanoseconds; a talk's clock in milliseconds.
    moment: { take: note.interview_id, seq: note.seq, v: note.at_ms * 1_000_000 },
    prompted: note.signal?.prompted ?? null,
    behaviour,
  };
  return { ...score, evidence: [...score.evidence, evidence] };
}

export function withoutEvidence(score: AreaScore, entry: string): AreaScore {
  return { ...score, evidence: score.evidence.filter((evidence) => evidence.entry !== entry) };
}

export function withBehaviour(score: AreaScore, entry: string, behaviour: string | null): AreaScore {
  return {
    ...score,
    evidence: score.evidence.map((evidence) =>
      evidence.entry === entry ? { ...evidence, behaviour } : evidence,
    ),
  };
}

export function withConfidence(score: AreaScore, confidence: Confidence): AreaScore {
  return { ...score, confidence };
}

/** The same to a reader: the order of marks and citations carries no meaning. */
export function same(a: AreaScore, b: AreaScore): boolean {
  return plain(a) === plain(b);
}

function plain(score: AreaScore): string {
  const seen = score.seen.map((mark) => `${mark.behaviour} ${mark.level}`).sort();
  const evidence = score.evidence.map((cited) => `${cited.entry} ${cited.behaviour ?? ""}`).sort();
  const level = score.decided ? (score.level ?? "not_assessed") : "";
  return JSON.stringify([score.area, level, score.confidence, score.would_move, seen, evidence]);
}
