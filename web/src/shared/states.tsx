// What a region shows when it has nothing to show: loading, empty, failed.
import { type ReactNode, useEffect, useState } from "react";
import { asProblem } from "../api/problem";
import { Button } from "./Button";

/** True once `ms` have passed; most answers come sooner, and then nothing flickers. */
export function useDelay(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

export function Loading({ what = "Loading" }: { what?: string }) {
  const late = useDelay(300);
  return (
    <p className="loading" role="status">
      {late ? `${what} …` : ""}
    </p>
  );
}

/** Nothing here: why, and what can be done about it. */
export function Empty({ title, children }: { title?: ReactNode; children?: ReactNode }) {
  return (
    <div className="empty">
      {title && <b>{title}</b>}
      {children}
    </div>
  );
}

interface ErrorNoticeProps {
  error: unknown;
  /** Offered as "Try again". */
  retry?: () => void;
  children?: ReactNode;
}

/** What is wrong, where, and what to do: any error, in the server's words where it gave some. */
export function ErrorNotice({ error, retry, children }: ErrorNoticeProps) {
  const problem = asProblem(error);
  return (
    <div className="notice" role="alert">
      <b>{problem.title}</b>
      {problem.detail && <span className="prose">{problem.detail}</span>}
      {problem.fix && <span className="muted prose">{problem.fix}</span>}
      {children}
      {retry && <Button onClick={retry}>Try again</Button>}
    </div>
  );
}
