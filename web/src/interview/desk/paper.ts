// Where the same interview is found on paper: the plan of its scenario or its opening, or the sheets of its areas.
import type { Interview } from "../../api/types";

export function paperHref(interview: Interview): { name: string; href: string }[] {
  if (interview.scenario) {
    return [{ name: "Plan and sheet for paper (PDF)", href: `/api/kit/export?to=pdf&plan=${encodeURIComponent(interview.scenario.id)}` }];
  }
  if (interview.opening) {
    return [{ name: "Plan on paper (PDF)", href: `/api/kit/export?to=pdf&opening=${encodeURIComponent(interview.opening.id)}` }];
  }
  const one = interview.areas.length === 1;
  return interview.areas.map((area) => ({
    name: one ? "Sheet for paper (PDF)" : `Sheet for paper: ${area} (PDF)`,
    href: `/api/kit/export?to=pdf&area=${encodeURIComponent(area)}`,
  }));
}
