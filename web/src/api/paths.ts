// The routes, in the shape that openapi-fetch reads. Stands in for the generated `paths`.
import type * as T from "./contract";

type Json<Body> = { content: { "application/json": Body } };
type Call<Answer, Path = never, Body = never> = {
  parameters: [Path] extends [never]
    ? { query?: never; header?: never; path?: never; cookie?: never }
    : { query?: never; header?: never; path: Path; cookie?: never };
  responses: { 200: Json<Answer> };
} & ([Body] extends [never] ? { requestBody?: never } : { requestBody: Json<Body> });
type ById = { id: T.Id };

export interface paths {
  "/api/me": { get: Call<T.Me> };
  "/api/setup": { post: Call<T.Me, never, { name: string; email: string; password: string; token?: string | null }> };
  "/api/session": { post: Call<T.Me, never, { email: string; password: string }>; delete: Call<undefined> };
  "/api/people": { get: Call<T.Person[]> };
  "/api/people/{id}": { patch: Call<T.Person, ById, { role?: T.Role; disabled?: boolean }> };
  "/api/invitations": {
    get: Call<T.Invitation[]>;
    post: Call<{ invitation: T.Invitation; url: string }, never, { role: T.Role; note: string }>;
  };
  "/api/invitations/{id}": { delete: Call<undefined, ById> };
  "/api/join/{token}": {
    get: Call<T.JoinOffer, { token: string }>;
    post: Call<T.Me, { token: string }, { name: string; email: string; password: string }>;
  };
  "/api/kit": { get: Call<T.Kit> };
  "/api/start": { get: Call<T.Start> };
  "/api/demo": { post: Call<{ loop_id: T.Id }>; delete: Call<undefined> };
  "/api/openings": {
    get: Call<T.OpeningRow[]>;
    post: Call<T.Opening, never, { title: string; team: string; pack: string; seniority: string }>;
  };
  "/api/openings/{id}": {
    get: Call<T.Opening, ById>;
    patch: Call<T.Opening, ById, { title?: string; team?: string; closed?: boolean }>;
  };
  "/api/openings/{id}/bar": {
    put: Call<T.Opening, ById, { lines: T.BarLine[]; rules: string[]; reason: string | null }>;
  };
  "/api/openings/{id}/plan": { put: Call<T.Opening, ById, { sessions: T.Session[] }> };
  "/api/openings/{id}/loops": { post: Call<T.Loop, ById, { name: string; code: string | null }> };
  "/api/loops": { get: Call<T.LoopRow[]> };
  "/api/loops/{id}": { get: Call<T.Loop, ById>; patch: Call<T.Loop, ById, { name?: string; code?: string }> };
  "/api/interviews": {
    get: Call<T.InterviewRow[]>;
    post: Call<{ id: T.Id }, never, { area?: string; pack?: string; session?: string; minutes?: number }>;
  };
  "/api/interviews/{id}": {
    get: Call<T.Interview, ById>;
    patch: Call<
      T.Loop,
      ById,
      {
        scheduled_at?: T.Time | null;
        due_at?: T.Time | null;
        people?: { person: T.Id; part: "interviewer" | "shadow" }[];
      }
    >;
  };
  "/api/interviews/{id}/entries": { post: Call<T.EntriesResult, ById, { entries: T.NewEntry[] }> };
  "/api/interviews/{id}/pencil": {
    put: Call<undefined, ById, { area: string; level: T.Level | "not_assessed" | null }>;
  };
  "/api/interviews/{id}/attach": {
    post: Call<{ loop_id: T.Id }, ById, { loop_id: T.Id } | { opening_id: T.Id; name: string }>;
  };
  "/api/interviews/{id}/preread": { get: Call<T.PreRead, ById> };
  "/api/interviews/{id}/links": { post: Call<{ link: T.CandidateLink; url: string }, ById, { days?: number }> };
  "/api/interviews/{id}/links/{link}": { delete: Call<undefined, { id: T.Id; link: T.Id }> };
  "/api/c/{token}": { get: Call<T.CandidateView, { token: string }> };
  "/api/loops/{id}/scorecard": { get: Call<T.MyScorecard, ById> };
  "/api/loops/{id}/scorecard/areas/{area}": {
    put: Call<T.MyScorecard, { id: T.Id; area: string }, { base_rev: number; score: T.AreaScore }>;
  };
  "/api/loops/{id}/scorecard/submit": { post: Call<T.MyScorecard, ById, Record<string, never>> };
  "/api/loops/{id}/scorecard/amend": {
    post: Call<T.MyScorecard, ById, { area: string; score: T.AreaScore; reason: string }>;
  };
  "/api/loops/{id}/debrief": { get: Call<T.Debrief, ById> };
  "/api/loops/{id}/debrief/visits": { post: Call<T.Debrief, ById, { item: string; waive: string | null }> };
  "/api/loops/{id}/debrief/exception": { post: Call<T.Debrief, ById, { reason: string }> };
  "/api/loops/{id}/decision": {
    post: Call<
      T.Debrief,
      ById,
      { kind: T.Decision["kind"]; reason: string; plan: T.Decision["plan"] }
    >;
  };
  "/api/loops/{id}/dissents": { post: Call<T.Debrief, ById, { text: string }> };
}
