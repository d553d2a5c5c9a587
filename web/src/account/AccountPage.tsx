// The frame of the pages before the sign-in: the mark, one narrow column, nothing of the app.
import type { ReactNode } from "react";
import { Mark } from "../shared/Bar";
import { useTitle } from "../shared/useTitle";
import "./account.css";

interface AccountPageProps {
  title: string;
  heading: string;
  lede?: ReactNode;
  children: ReactNode;
}

export function AccountPage({ title, heading, lede, children }: AccountPageProps) {
  useTitle(title);
  return (
    <div className="page">
      <header className="bar">
        <span className="bar-mark">
          <Mark />
          Seatrial
        </span>
      </header>
      <main id="main" tabIndex={-1} className="account">
        <h1 className="title">{heading}</h1>
        {lede && <p className="reading muted">{lede}</p>}
        {children}
      </main>
    </div>
  );
}
