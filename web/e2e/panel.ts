// A whole panel at one candidate: people by invitation, an opening with its bar, interviews that were held, scorecards.
import type { APIRequestContext, Browser, BrowserContext } from "@playwright/test";
import { call, invited } from "./people";

export interface Member {
  name: string;
  id: string;
  /** Their own signed-in browser; none for the one whose page the test drives. */
  context: BrowserContext | null;
  request: APIRequestContext;
}

export interface Panel {
  url: string;
  loop: string;
  opening: string;
  interviews: { id: string; title: string; areas: string[] }[];
  members: Member[];
}

/** The first member is whoever is signed in with `request`, who also manages. */
export async function panelOf(browser: Browser, request: APIRequestContext, url: string, names: string[]): Promise<Panel> {
  const me = await call(request, "get", `${url}/api/me`);
  const members: Member[] = [{ name: me.person.name, id: me.person.id, context: null, request }];
  for (const name of names) {
    const context = await invited(browser, request, "interviewer", name);
    const { person } = await call(context.request, "get", `${url}/api/me`);
    members.push({ name, id: person.id, context, request: context.request });
  }
  const role = { title: "Staff engineer, ledger", team: "Payments", pack: "fintech-engineer", seniority: "staff" };
  const made = await call(request, "post", "/api/openings", role);
  await call(request, "put", `/api/openings/${made.id}/bar`, { lines: made.bar.lines, rules: made.bar.rules, reason: null });
  const { loop_id } = await call(request, "post", `/api/openings/${made.id}/loops`, { name: "ليلى حداد" });
  const { interviews } = await call(request, "get", `/api/loops/${loop_id}`);
  return { url, loop: loop_id, opening: made.id, interviews, members };
}

export const entry = (body: object, at_ms = 0) => ({ id: crypto.randomUUID(), at_ms, body });

/** Holds an interview with these members, each of whom notes something on each of its areas. */
export async function hold(panel: Panel, n: number, who: number[]): Promise<void> {
  const interview = panel.interviews[n]!;
  const [chief] = panel.members;
  await call(chief!.request, "patch", `/api/interviews/${interview.id}`, {
    people: who.map((m) => ({ person: panel.members[m]!.id, part: "interviewer" })),
  });
  const write = (m: number, bodies: object[]) =>
    call(panel.members[m]!.request, "post", `${panel.url}/api/interviews/${interview.id}/entries`, { entries: bodies.map((b) => entry(b)) });
  await write(who[0]!, [{ kind: "start" }]);
  for (const m of who) {
    const text = `“Both books, every night.” (${panel.members[m]!.name})`;
    await write(m, interview.areas.map((area) => ({ kind: "note", note: "said", text, area, signal: null })));
  }
  await write(who[0]!, [{ kind: "end" }]);
}

/** Scores everything that is due from a member, at the level that `level` says, and submits. */
export async function submit(panel: Panel, m: number, level: (area: string) => string | null): Promise<void> {
  const { request } = panel.members[m]!;
  const path = `${panel.url}/api/loops/${panel.loop}/scorecard`;
  let card = await call(request, "get", path);
  for (const area of card.due_areas) {
    const given = level(area);
    const note = card.notes.find((one: { mine: boolean; area: string }) => one.mine && one.area === area);
    const moment = { take: "", seq: 0, v: 0 };
    const score = {
      area,
      decided: true,
      level: given,
      confidence: given && 1 + (m % 3),
      would_move: given ? "Up: who repairs it, by name." : "",
      seen: [],
      evidence: given ? [{ entry: note.entry, kind: "said", moment, prompted: null, behaviour: null }] : [],
    };
    card = await call(request, "put", `${path}/areas/${area}`, { base_rev: card.rev, score });
  }
  await call(request, "post", `${path}/submit`);
}
