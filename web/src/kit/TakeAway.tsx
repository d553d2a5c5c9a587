// The same content as a file: whole kit, one area, a role's plan with its bar, or a scenario's plan.
interface TakeAwayProps {
  area?: string;
  pack?: string;
  seniority?: string;
  /** A scenario's plan. */
  plan?: string;
  /** What is taken away, for ears: "PDF of the area". */
  what: string;
}

const formats = [
  { to: "pdf", name: "PDF" },
  { to: "html", name: "HTML" },
  { to: "md", name: "Markdown" },
  { to: "csv", name: "CSV" },
  { to: "json", name: "JSON" },
] as const;

export function TakeAway({ area, pack, seniority, plan, what }: TakeAwayProps) {
  const address = (to: string): string => {
    const query = new URLSearchParams({ to });
    if (area) query.set("area", area);
    if (pack) query.set("pack", pack);
    if (plan) query.set("plan", plan);
    if (seniority) query.set("seniority", seniority);
    return `/api/kit/export?${query.toString()}`;
  };
  return (
    <div className="kit-take">
      <p className="small muted">Take it with you</p>
      <ul>
        {formats.map((format) => (
          <li key={format.to}>
            <a className="link" href={address(format.to)} download>
              {format.name}
              <span className="vh"> of {what}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
