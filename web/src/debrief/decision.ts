// The words of decisions; what one still lacks before it is worth sending; and its draft, kept in this
// browser. Whether it may be taken at all is the server's to say.
import type { Decision } from "../api/types";
import { remembered } from "../shared/store";
import type { PlanItem } from "./Plan";

export const decisionWords: Record<Decision["kind"], string> = {
  hire: "Hire",
  no_hire: "No hire",
  more_evidence: "More evidence",
};

export interface DecisionDraft {
  kind: Decision["kind"] | null;
  reason: string;
  /** Null: not touched, so the unsettled lines stand as they are now. */
  plan: PlanItem[] | null;
}

export const emptyDraft: DecisionDraft = { kind: null, reason: "", plan: null };

export function lacks(draft: DecisionDraft, plan: readonly PlanItem[]): string | null {
  if (draft.kind === null) return "Choose one of the three.";
  if (draft.reason.trim() === "") return "Write the reason. It must stand by itself months later.";
  if (draft.kind !== "more_evidence") return null;
  const parts = plan.filter((item) => item.minutes > 0);
  if (parts.some((item) => item.ask.trim() === "")) return "Write what is asked in each part, or give a part no minutes.";
  if (parts.some((item) => item.asked_by === "")) return "Say who asks in each part.";
  return null;
}

const place = (loop: string) => `decision/${loop}`;

export function readDraft(loop: string): DecisionDraft {
  try {
    const kept = JSON.parse(remembered.read(place(loop)) ?? "null") as Partial<DecisionDraft> | null;
    return { kind: kept?.kind ?? null, reason: kept?.reason ?? "", plan: Array.isArray(kept?.plan) ? kept.plan : null };
  } catch {
    return emptyDraft;
  }
}

export function keepDraft(loop: string, draft: DecisionDraft | null): void {
  remembered.write(place(loop), draft && JSON.stringify(draft));
}
