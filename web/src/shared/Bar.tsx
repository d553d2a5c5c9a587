// The bar at the top: where one is, what the page wants to say at the right, the connection when it is
// lost, and the account's menu (on a phone also the way to the other sections).
import type { ReactNode } from "react";
import { Link } from "react-router";
import { AccountMenu } from "./AccountMenu";
import { useConnection } from "./connection";
import { type Section, sections } from "./sections";
import { timeOfDay } from "./time";

export type { Section } from "./sections";

interface BarProps {
  section?: Section;
  /** Stands at the right, before the account. */
  end?: ReactNode;
  /** Instead of the sections: a title, for pages that need the room (an interview). */
  children?: ReactNode;
}

export function Bar({ section, end, children }: BarProps) {
  return (
    <header className="bar">
      <Link className="bar-mark" to="/">
        <Mark />
        <span className={children ? "wide-only" : undefined}>Seatrial</span>
        <span className="vh">{children ? "to the start page" : ""}</span>
      </Link>
      {children ?? (
        <nav aria-label="Main">
          {sections.map((item) => (
            <Link key={item.id} to={item.to} aria-current={item.id === section ? "page" : undefined}>
              {item.name}
            </Link>
          ))}
        </nav>
      )}
      <div className="bar-end">
        <Lost />
        {end}
        <AccountMenu section={section} />
      </div>
    </header>
  );
}

function Lost() {
  const { online, lost_at } = useConnection();
  return (
    <span role="status">
      {!online && (
        <span className="bar-lost">
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <path d="M6 1l5.2 9.5H.8z" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" />
            <path d="M6 4.5v3M6 8.6v.8" stroke="currentColor" strokeWidth="1.2" />
          </svg>
          no connection{lost_at && <span className="wide-only"> since {timeOfDay(lost_at)}</span>}
        </span>
      )}
    </span>
  );
}

export function Mark() {
  return (
    <svg viewBox="0 0 20 16" aria-hidden="true">
      <circle cx="10" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M0 8h20" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
