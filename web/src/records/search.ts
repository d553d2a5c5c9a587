// Which records are listed: held ones, newest first, matching every word that was typed. Pure.
import type { InterviewRow } from "../api/types";

export function held(rows: readonly InterviewRow[]): InterviewRow[] {
  return rows
    .filter((row) => row.started_at !== null)
    .sort((a, b) => (b.started_at ?? "").localeCompare(a.started_at ?? ""));
}

export function matching(rows: readonly InterviewRow[], words: string, areas: ReadonlyMap<string, string>): InterviewRow[] {
  const wanted = plain(words).split(/\s+/u).filter(Boolean);
  if (wanted.length === 0) return [...rows];
  return rows.filter((row) => {
    const text = plain(
      [row.code, row.candidate_name, row.title, row.opening_title ?? "", ...row.areas.map((area) => areas.get(area) ?? area)].join(" "),
    );
    return wanted.every((word) => text.includes(word));
  });
}

/** Without case and accents: "Muller" finds "Müller". */
function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
