// The types that cross to the server, written by hand until the server's own document replaces them
// (`npm run api`). Only types live here; `types.ts` is what the pages import.

export type Id = string;
/** RFC 3339. */
export type Time = string;
export type Level = "weak" | "good" | "excellent";
export type Depth = "deep" | "steady";
export type Role = "admin" | "manager" | "interviewer";

export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  /** What the reader can do about it. */
  fix?: string;
  [extra: string]: unknown;
}

// ---- accounts
export interface Person {
  id: Id;
  name: string;
  email: string;
  role: Role;
  initials: string;
  disabled: boolean;
}
export interface KitVersion {
  id: string;
  title: string;
  version: string;
  hash: string;
}
export interface Me {
  person: Person | null;
  setup_needed: boolean;
  /** Making the first account needs the token that the server printed. */
  setup_token_needed: boolean;
  demo: boolean;
  kit: KitVersion;
  version: string;
  public_url: string | null;
  reachable: boolean;
}
export interface Invitation {
  id: Id;
  role: Role;
  note: string;
  created_at: Time;
  expires_at: Time;
  state: "open" | "used" | "expired" | "revoked";
}
export interface JoinOffer {
  role: Role;
  invited_by: string;
  expires_at: Time;
}

// ---- the kit, as in crates/kit
export interface Kit {
  schema: number;
  id: string;
  version: string;
  hash: string;
  title: string;
  summary: string;
  principles: Principle[];
  areas: Area[];
  record_questions: RecordQuestion[];
  trade_off: TradeOff;
  regret_probes: RegretProbe[];
  regret_reading: string;
  t_shape: string;
  packs: Pack[];
  exercises: Exercise[];
  scenarios: Scenario[];
}
export interface Principle { id: string; title: string; text: string }
export interface Scenario { id: string; situation: string }
export interface Area {
  id: string;
  number: number;
  title: string;
  short: string;
  hook: string;
  summary: string;
  line: { title: string; question: string };
  facts: Facts;
  scenarios: string[];
  prompts: Prompt[];
  follow_ups: FollowUp[];
  sound_answer: SoundAnswer;
  voices: Voices[];
  signals: Signal[];
  red_flags: RedFlag[];
  phases: Phase[];
  mini_case: MiniCase;
  rubric: Rubric;
  impact: Impact;
  exercises: string[];
}
export interface Facts {
  minutes: number;
  difficulty: number;
  difficulty_note: string;
  needs: string;
  use_when: string;
  outcome: string;
  advantage: string;
}
export interface Prompt { id: string; text: string; note: string }
export interface FollowUp {
  id: string;
  text: string;
  moment: string;
  fits: { phases: string[]; after: string[]; unless: string[] };
  separates: boolean;
  shallow: string;
  lived: string;
}
export interface SoundAnswer { steps: SoundStep[]; text: string }
export interface SoundStep { title: string; text: string; often_missing: boolean }
export interface Voices { question: string; shallow: string; lived: string; split_by: string }
export interface Signal { id: string; text: string; short: string; counts: string }
export interface RedFlag { id: string; says: string; ask_then: string }
export interface Phase {
  id: string;
  title: string;
  minutes: number;
  prompts: string[];
  aim: string;
  hints: string[];
}
export interface MiniCase { situation: string; question: string; discussion: string }
export interface Rubric { behaviours: Behaviour[]; weak: string; good: string; excellent: string }
export interface Behaviour {
  id: string;
  title: string;
  weak: string;
  good: string;
  excellent: string;
  signals: string[];
}
export interface Impact { weight: string; poor_hire: string; good_hire: string }
export interface RecordQuestion { id: string; ask: string; yes_sounds: string; no_sounds: string }
export interface TradeOff { intro: string; optimise: string; give_up: string; why: string }
export interface RegretProbe { id: string; ask: string; experience: string; absence: string }
export interface Pack {
  id: string;
  title: string;
  summary: string;
  emphasis: string;
  seniorities: Seniority[];
  sessions: Session[];
  scenarios: string[];
}
export interface Seniority { id: string; title: string; bar: BarLine[]; rules: string[] }
export interface BarLine { area: string; level: Level | null; reason: string }
export interface Session {
  id: string;
  title: string;
  asked_by: string;
  reason: string;
  items: SessionItem[];
}
export interface SessionItem {
  area: string;
  depth: Depth;
  minutes: number;
  prompts: string[];
  follow_ups: string[];
  exercises: string[];
  reason: string;
}
export interface Exercise {
  id: string;
  title: string;
  area: string;
  minutes: number;
  summary: string;
  prompt: string;
  material: Material[];
  findings: Finding[];
  follow_ups: string[];
  weak: string;
  good: string;
  excellent: string;
}
export type MaterialFormat = "markdown" | "yaml" | "csv";
export interface Material { id: string; title: string; format: MaterialFormat; text: string }
export interface Finding { title: string; text: string; rarity: number }
export interface AgendaPhase {
  area: string;
  /** `<area>/<phase>` */
  id: string;
  title: string;
  minutes: number;
  prompts: string[];
  aim: string;
  hints: string[];
  follow_ups: string[];
  exercises: string[];
}

// ---- start
export interface Start {
  empty: boolean;
  last_area: string | null;
  last_asked: Record<string, Time>;
  openings: OpeningRow[];
  waiting: Waiting[];
  recent: InterviewRow[];
  records: number;
}
export interface OpeningRow {
  id: Id;
  title: string;
  team: string;
  seniority_title: string;
  bar_written_at: Time | null;
  loops: LoopRow[];
}
export interface Waiting {
  kind: "scorecard" | "debrief" | "interview" | "bar";
  loop_id?: Id | null;
  interview_id?: Id | null;
  opening_id?: Id | null;
  title: string;
  detail: string;
  due_at: Time | null;
}
export interface LoopRow {
  id: Id;
  code: string;
  name: string;
  opening_id: Id | null;
  heard: { area: string; heard: boolean }[];
  interviews: number;
  interviews_done: number;
  next: {
    kind: "schedule" | "interview" | "scorecard" | "debrief" | "decided" | "none";
    at: Time | null;
    interview_id: Id | null;
  };
}
export type InterviewState = "planned" | "running" | "paused" | "ended";
export interface InterviewRow {
  id: Id;
  loop_id: Id;
  code: string;
  title: string;
  areas: string[];
  state: InterviewState;
  started_at: Time | null;
  scheduled_at: Time | null;
  elapsed_ms: number;
  moments: number;
  mine: boolean;
  opening_title: string | null;
  scored: boolean;
}

// ---- openings and loops
export interface Opening {
  id: Id;
  title: string;
  team: string;
  pack: string;
  seniority: string;
  pack_title: string;
  seniority_title: string;
  kit_hash: string;
  bar: Bar;
  plan: { sessions: Session[] };
  plan_mistakes: string[];
  loops: LoopRow[];
  can_edit: boolean;
  created_at: Time;
  closed_at: Time | null;
}
export interface Bar {
  lines: BarLine[];
  rules: string[];
  written_at: Time | null;
  written_by: string | null;
  changes: { at: Time; by: string; reason: string; before: BarLine[]; after: BarLine[] }[];
}
export interface PersonRef { id: Id; name: string; initials: string }
export interface Participant { person: PersonRef; part: "interviewer" | "shadow" }
export interface ScorecardDue {
  person: PersonRef;
  areas: string[];
  due_at: Time | null;
  submitted_at: Time | null;
  you: boolean;
}
export interface InterviewLite {
  id: Id;
  title: string;
  session_id: string | null;
  areas: string[];
  state: InterviewState;
  scheduled_at: Time | null;
  due_at: Time | null;
  started_at: Time | null;
  elapsed_ms: number;
  people: Participant[];
}
export interface OpeningRef {
  id: Id;
  title: string;
  team: string;
  pack_title: string;
  seniority_title: string;
}
export interface Loop {
  id: Id;
  code: string;
  name: string;
  opening: OpeningRef | null;
  interviews: InterviewLite[];
  scorecards: ScorecardDue[];
  can_manage: boolean;
  bar_first: boolean;
}

// ---- interviews
export interface Interview {
  id: Id;
  loop_id: Id;
  code: string;
  candidate_name: string;
  title: string;
  opening: OpeningRef | null;
  kit_hash: string;
  areas: string[];
  agenda: AgendaPhase[];
  scheduled_at: Time | null;
  due_at: Time | null;
  people: Participant[];
  you: "interviewer" | "shadow" | "reader";
  minutes_planned: number;
  entries: Entry[];
  live: Live;
  pencilled: Record<string, Level | "not_assessed" | null>;
  links: CandidateLink[];
  material: ShowableMaterial[];
  scorecard_submitted: boolean;
}
export interface ShowableMaterial {
  id: string;
  title: string;
  format: MaterialFormat;
  exercise_id: string;
  exercise_title: string;
}
export interface Live {
  seq: number;
  state: InterviewState;
  elapsed_ms: number;
  as_of: Time;
  started_at: Time | null;
  ended_at: Time | null;
  phase: string | null;
  phase_entered_ms: number | null;
  relevant: { area: string; follow_up: string }[];
  next: string;
  shown: string[];
  present: { id: Id; name: string; initials: string; part: string }[];
  candidate_present: boolean;
}
export type NoteKind = "said" | "did" | "reading";
export type Body =
  | { kind: "start" }
  | { kind: "pause" }
  | { kind: "resume" }
  | { kind: "end" }
  | { kind: "phase"; phase: string }
  | { kind: "read"; area: string; prompt: string }
  | { kind: "asked"; area: string; follow_up: string }
  | { kind: "hint"; phase: string; number: 1 | 2 | 3 }
  | { kind: "note"; note: NoteKind; text: string; area: string | null; signal: string | null }
  | { kind: "signal"; area: string; signal: string; prompted: boolean | null }
  | { kind: "flip"; entry: Id }
  | { kind: "red_flag"; area: string; red_flag: string }
  | { kind: "show"; material: string }
  | { kind: "hide"; material: string }
  | { kind: "revise"; entry: Id; text: string; note: NoteKind }
  | { kind: "withdraw"; entry: Id };
export interface Entry {
  id: Id;
  seq: number;
  at_ms: number;
  who: Id;
  received_at: Time;
  withdrawn: boolean;
  body: Body;
}
export interface NewEntry { id: Id; at_ms: number; body: Body }
export interface EntriesResult {
  results: { id: Id; seq: number | null; refused: string | null }[];
  entries: Entry[];
  live: Live;
}
export interface CandidateLink {
  id: Id;
  created_at: Time;
  expires_at: Time;
  state: "open" | "expired" | "revoked";
  opened_at: Time | null;
}
export interface PreRead {
  interview: InterviewLite;
  code: string;
  opening: OpeningRef | null;
  bar: BarLine[];
  rules: string[];
  items: {
    area: string;
    depth: Depth;
    minutes: number;
    prompts: string[];
    follow_ups: string[];
    reason: string;
  }[];
  elsewhere: { title: string; who: string[]; areas: string[] }[];
  candidate_link: CandidateLink["state"] | null;
}
export interface CandidateView {
  title: string;
  code: string;
  with: string[];
  present: string[];
  minutes: number;
  state: InterviewState;
  shown: Material[];
  kept: string;
  expires_at: Time;
}

// ---- scorecard
export interface MyScorecard {
  loop_id: Id;
  code: string;
  kit_hash: string;
  rev: number;
  due_areas: string[];
  others: { area: string; who: string[] }[];
  areas: AreaScore[];
  submitted_at: Time | null;
  amendments: Amendment[];
  missing: Missing[];
  notes: NoteForScoring[];
  due_at: Time | null;
  debrief_open: boolean;
}
export interface Missing {
  area: string;
  what: "level" | "evidence" | "would_move" | "confidence";
  say: string;
}
export type Confidence = 1 | 2 | 3;
export interface AreaScore {
  area: string;
  decided: boolean;
  level: Level | null;
  confidence: Confidence | null;
  would_move: string;
  seen: { behaviour: string; level: Level }[];
  evidence: Evidence[];
}
export interface Evidence {
  entry: Id;
  kind: NoteKind;
  moment: { take: Id; seq: number; v: number };
  prompted: boolean | null;
  behaviour: string | null;
}
export interface NoteForScoring {
  entry: Id;
  interview_id: Id;
  at_ms: number;
  seq: number;
  kind: NoteKind;
  text: string;
  area: string | null;
  signal: { area: string; signal: string; prompted: boolean } | null;
  mine: boolean;
  who: string;
}
export interface Amendment {
  area: string;
  at: Time;
  reason: string;
  before: AreaScore;
  after: AreaScore;
}

// ---- debrief
export interface Debrief {
  state: "waiting" | "open";
  loop: { id: Id; code: string; name: string; opening: OpeningRef | null; interviews: InterviewLite[] };
  scorecards: ScorecardDue[];
  can_manage: boolean;
  exception: { by: string; at: Time; reason: string } | null;
  bar_first: boolean;
  open: OpenDebrief | null;
}
export interface OpenDebrief {
  panel: PersonRef[];
  lines: DebriefLine[];
  agenda: AgendaItem[];
  shape: Stem[];
  bar_rules: string[];
  bar_written_at: Time | null;
  record_questions: RecordQuestion[];
  deviations: { title: string; detail: string }[];
  amendments: {
    who: string;
    area: string;
    at: Time;
    reason: string;
    before: AreaScore;
    after: AreaScore;
  }[];
  decision: Decision | null;
  decisions: Decision[];
  dissents: { who: string; at: Time; text: string }[];
  decision_open: boolean;
  may_decide: boolean;
  unsettled: { area: string; why: string }[];
  kit_hash: string;
  all_in_at: Time | null;
}
export interface AgendaItem {
  id: "differ" | "not_assessed" | "bar" | "deviations";
  title: string;
  count: number;
  lines: string[];
  visited: { by: string; at: Time } | null;
  waived: { by: string; at: Time; reason: string } | null;
}
export interface DebriefLine {
  area: string;
  number: number;
  title: string;
  question: string;
  bar: Level | null;
  bar_reason: string;
  cells: {
    person_id: Id;
    due: boolean;
    assessed: boolean;
    level: Level | null;
    confidence: Confidence | null;
  }[];
  spread: { levels: 1 | 2; apart: Id[]; say: string } | null;
  met: { met: number; of: number; say: string };
  moments: number;
  sides: { level: Level; who: Id[]; evidence: DebriefEvidence[] }[];
  would_move: { who: Id; level: Level; text: string }[];
  impact: Impact;
}
export interface DebriefEvidence {
  who: Id;
  entry: Id;
  interview_id: Id;
  seq: number;
  at_ms: number;
  kind: NoteKind;
  text: string;
  prompted: boolean | null;
  behaviour: string | null;
}
export interface Stem {
  area: string;
  short: string;
  low: Level | null;
  high: Level | null;
  bar: Level | null;
  state: "agreed" | "differs" | "gap";
}
export interface Decision {
  kind: "hire" | "no_hire" | "more_evidence";
  reason: string;
  plan: { area: string; minutes: number; ask: string; asked_by: string }[];
  by: string;
  at: Time;
}
