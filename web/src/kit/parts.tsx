// Small things that several pages of the kit are made of.
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useKitNow } from "../api/queries";

interface SectionProps {
  id: string;
  title: ReactNode;
  /** At the right of the heading. */
  note?: ReactNode;
  /** For the panel only: drawn with its violet edge. */
  panelOnly?: boolean;
  className?: string;
  /** What it holds is a region with this name already. */
  named?: boolean;
  children: ReactNode;
}

/** One section of a page: a rule in ink, a heading, and what belongs under it. */
export function Section({ id, title, note, panelOnly, className, named, children }: SectionProps) {
  return (
    <section id={id} className={["kit-section", className].filter(Boolean).join(" ")} aria-labelledby={named ? undefined : `${id}-h`}>
      <div className="kit-section-head">
        <h2 id={`${id}-h`}>{title}</h2>
        {panelOnly && <span className="panel-only small">panel only</span>}
        {note && <span className="muted small">{note}</span>}
      </div>
      {children}
    </section>
  );
}

/** Paragraphs of a plain text, divided where the kit has an empty line. */
export function Prose({ text, className }: { text: string; className?: string }) {
  return (
    <div className={["kit-prose", className].filter(Boolean).join(" ")} dir="auto">
      {text
        .split(/\n\s*\n/u)
        .filter((paragraph) => paragraph.trim() !== "")
        .map((paragraph, i) => (
          <p key={i}>{paragraph.replace(/\s*\n\s*/gu, " ").trim()}</p>
        ))}
    </div>
  );
}

/** As one hears it: in quotation marks unless the text brings its own. */
export function quoted(text: string): string {
  return /^[“"'‘«]/u.test(text.trim()) ? text : `“${text}”`;
}

interface HeadProps {
  eyebrow?: ReactNode;
  title: ReactNode;
  lede?: string;
}

export function ArticleHead({ eyebrow, title, lede }: HeadProps) {
  return (
    <header className="kit-head">
      {eyebrow && <p className="muted">{eyebrow}</p>}
      <h1 className="title">{title}</h1>
      {lede && <Prose className="kit-lede muted" text={lede} />}
    </header>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="small muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The way to a scenario's plan, when it has one. */
export function PlanLink({ scenario }: { scenario: string }) {
  const kit = useKitNow().data;
  if (!kit.plans.some((plan) => plan.scenario === scenario)) return null;
  return (
    <Link className="link small" to={`/kit/scenarios/${scenario}`}>
      its plan
    </Link>
  );
}
