// The names that pages import, for the types that the server's document gives. Where a page calls a
// thing by another word than the server does, both stand here. Nothing else is said about types here.
import type { components } from "./schema";

type Said = components["schemas"];

/** UUIDv7. */
export type Id = string;
/** RFC 3339. */
export type Time = string;
/** How sure: 1 a guess, 2 fairly sure, 3 sure. */
export type Confidence = 1 | 2 | 3;

/** RFC 9457, as any server may send it; ours fills every field. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  /** What the reader can do about it. */
  fix?: string;
  [extra: string]: unknown;
}

export type AgendaPhase = Said["AgendaPhase"];
export type Amendment = Said["Amendment"];
export type Area = Said["Area"];
export type AreaScore = Said["AreaScore"];
export type Bar = Said["Bar"];
export type BarLine = Said["BarLine"];
export type Behaviour = Said["Behaviour"];
export type Body = Said["Body"];
export type CandidateBrief = Said["CandidateBrief"];
export type CandidateLink = Said["CandidateLink"];
export type CandidateView = Said["CandidateView"];
export type Debrief = Said["Debrief"];
export type DebriefLine = Said["DebriefLine"];
export type Decision = Said["Decision"];
export type Depth = Said["Depth"];
export type Entry = Said["Entry"];
export type Evidence = Said["Evidence"];
export type Exercise = Said["Exercise"];
export type Facts = Said["Facts"];
export type Finding = Said["Finding"];
export type FollowUp = Said["FollowUp"];
export type Impact = Said["Impact"];
export type Interview = Said["Interview"];
export type Invitation = Said["Invitation"];
export type Kit = Said["Kit"];
export type Level = Said["Level"];
export type Live = Said["Live"];
export type LoopRow = Said["LoopRow"];
export type Material = Said["Material"];
export type MaterialFormat = Said["MaterialFormat"];
export type MiniCase = Said["MiniCase"];
export type Missing = Said["Missing"];
export type MyScorecard = Said["MyScorecard"];
export type Moment = Said["Moment"];
export type NoteForScoring = Said["NoteForScoring"];
export type NoteKind = Said["NoteKind"];
export type OpenDebrief = Said["OpenDebrief"];
export type Opening = Said["Opening"];
export type OpeningRef = Said["OpeningRef"];
export type Pack = Said["Pack"];
export type Participant = Said["Participant"];
export type Person = Said["Person"];
export type PersonRef = Said["PersonRef"];
export type Phase = Said["Phase"];
export type Principle = Said["Principle"];
export type Prompt = Said["Prompt"];
export type RecordQuestion = Said["RecordQuestion"];
export type RedFlag = Said["RedFlag"];
export type RegretProbe = Said["RegretProbe"];
export type Rubric = Said["Rubric"];
export type PlanPhase = Said["PlanPhase"];
export type Scenario = Said["Scenario"];
export type ScenarioPlan = Said["ScenarioPlan"];
export type ScorecardDue = Said["ScorecardDue"];
export type Seniority = Said["Seniority"];
export type Session = Said["Session"];
export type SessionItem = Said["SessionItem"];
export type Signal = Said["Signal"];
export type SoundAnswer = Said["SoundAnswer"];
export type SoundStep = Said["SoundStep"];
export type Start = Said["Start"];
export type Stem = Said["Stem"];
export type TradeOff = Said["TradeOff"];
export type Voices = Said["Voices"];
export type Waiting = Said["Waiting"];

// Shorter words of ours.
export type AgendaItem = Said["AgendaItemSaid"];
export type DebriefEvidence = Said["CitedEvidence"];
export type EntriesResult = Said["EntriesAnswer"];
export type InterviewLite = Said["InterviewRef"];
export type InterviewRow = Said["InterviewListRow"];
export type InterviewState = Said["ClockState"];
export type JoinOffer = Said["InvitationOffer"];
export type KitVersion = Said["KitRef"];
export type Loop = Said["LoopView"];
export type Me = Said["WhoAmI"];
export type NewEntry = Said["SentEntry"] & { moment?: Moment | null };
export type OpeningRow = Said["StartOpening"];
export type PreRead = Said["Preread"];
export type Role = Said["PersonRole"];
export type ShowableMaterial = Said["MaterialRef"];
