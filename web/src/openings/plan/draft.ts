// The plan of a loop while it is edited: moving an area to another session, minutes, what is asked,
// reasons; each step can be undone until the plan is saved. Whether a plan is sound, the server says.
import type { Depth, Kit, Session, SessionItem } from "../../api/types";

export type Plan = readonly Session[];
export type Asked = "prompts" | "follow_ups" | "exercises";

export interface History {
  past: readonly Plan[];
  now: Plan;
  /** What the last step touched; typing on in the same field is one step. */
  touched: string | null;
}

const STEPS_MAX = 200;

export const begin = (plan: Plan): History => ({ past: [], now: plan, touched: null });

export function step(history: History, now: Plan, touched: string | null): History {
  if (now === history.now) return history;
  if (touched !== null && touched === history.touched) return { ...history, now };
  return { past: [...history.past, history.now].slice(-STEPS_MAX), now, touched };
}

export function undo(history: History): History {
  const now = history.past[history.past.length - 1];
  return now ? { past: history.past.slice(0, -1), now, touched: null } : history;
}

export const changed = (history: History, saved: Plan): boolean => JSON.stringify(history.now) !== JSON.stringify(saved);

export function itemOf(plan: Plan, area: string): SessionItem | null {
  return plan.flatMap((session) => session.items).find((item) => item.area === area) ?? null;
}

export function sessionOf(plan: Plan, area: string): Session | null {
  return plan.find((session) => session.items.some((item) => item.area === area)) ?? null;
}

/** Puts an area, with all that is asked of it, at the end of another session. */
export function moveArea(plan: Plan, area: string, to: string): Plan {
  const item = itemOf(plan, area);
  if (!item || sessionOf(plan, area)?.id === to || !plan.some((session) => session.id === to)) return plan;
  return plan.map((session) => ({
    ...session,
    items:
      session.id === to ? [...session.items, item] : session.items.filter((one) => one.area !== area),
  }));
}

export function changeItem(plan: Plan, area: string, change: Partial<SessionItem>): Plan {
  return plan.map((session) =>
    session.items.some((item) => item.area === area)
      ? { ...session, items: session.items.map((item) => (item.area === area ? { ...item, ...change } : item)) }
      : session,
  );
}

export const setMinutes = (plan: Plan, area: string, minutes: number): Plan => changeItem(plan, area, { minutes });
export const setDepth = (plan: Plan, area: string, depth: Depth): Plan => changeItem(plan, area, { depth });

/** Asks it, or asks it no longer. The kit's order is kept, since that is the order of the conversation. */
export function toggleAsked(plan: Plan, area: string, what: Asked, id: string, kitOrder: readonly string[]): Plan {
  const item = itemOf(plan, area);
  if (!item) return plan;
  const now = new Set(item[what]);
  if (!now.delete(id)) now.add(id);
  const known = kitOrder.filter((one) => now.has(one));
  const unknown = [...now].filter((one) => !kitOrder.includes(one));
  return changeItem(plan, area, { [what]: [...known, ...unknown] });
}

export function changeSession(plan: Plan, id: string, change: Partial<Omit<Session, "items">>): Plan {
  return plan.map((session) => (session.id === id ? { ...session, ...change } : session));
}

export function addSession(plan: Plan): Plan {
  const ids = new Set(plan.map((session) => session.id));
  let n = plan.length + 1;
  while (ids.has(`session-${n}`)) n += 1;
  return [...plan, { id: `session-${n}`, title: "", asked_by: "", reason: "", items: [] }];
}

/** Only an empty session can go; its areas must have a place first. */
export function removeSession(plan: Plan, id: string): Plan {
  return plan.filter((session) => session.id !== id || session.items.length > 0);
}

export function removeArea(plan: Plan, area: string): Plan {
  return plan.map((session) => ({ ...session, items: session.items.filter((item) => item.area !== area) }));
}

/** Puts an area that nobody asks about into a session, with its first prompt to start from. */
export function addArea(plan: Plan, to: string, area: string, kit: Kit): Plan {
  if (sessionOf(plan, area)) return plan;
  const known = kit.areas.find((one) => one.id === area);
  const item: SessionItem = {
    area,
    depth: "steady",
    minutes: 20,
    prompts: known?.prompts[0] ? [known.prompts[0].id] : [],
    follow_ups: known?.follow_ups.filter((one) => one.separates).map((one) => one.id).slice(0, 2) ?? [],
    exercises: [],
    reason: "",
  };
  return plan.map((session) => (session.id === to ? { ...session, items: [...session.items, item] } : session));
}

export const minutesOf = (session: Session): number => session.items.reduce((sum, item) => sum + item.minutes, 0);
export const totalMinutes = (plan: Plan): number => plan.reduce((sum, session) => sum + minutesOf(session), 0);

/** Areas of the kit that no session holds. */
export const unplanned = (plan: Plan, kit: Kit): string[] =>
  kit.areas.map((area) => area.id).filter((area) => !sessionOf(plan, area));
