// The frame of every page of the app: skip link, bar, main, foot; and the document's title.
import type { ReactNode } from "react";
import { Bar, type Section } from "./Bar";
import { Foot } from "./Foot";
import { useTitle } from "./useTitle";

interface PageProps {
  /** For the tab and for screen readers; the page draws its own h1. */
  title: string;
  section?: Section;
  /** At the right end of the bar. */
  barEnd?: ReactNode;
  /** A bar of the page's own, instead of the usual one. */
  bar?: ReactNode;
  /** At the right end of the foot line. */
  footEnd?: ReactNode;
  /** As high as the window; regions inside scroll by themselves. */
  fixed?: boolean;
  className?: string;
  children: ReactNode;
}

export function Page({ title, section, barEnd, bar, footEnd, fixed, className, children }: PageProps) {
  useTitle(title);
  return (
    <div className={fixed ? "page fixed" : "page"}>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      {bar ?? <Bar section={section} end={barEnd} />}
      <main id="main" tabIndex={-1} className={className}>
        {children}
      </main>
      <Foot end={footEnd} />
    </div>
  );
}
