// Buttons and links that look like buttons. `go` is the one thing to do next; a page has at most one.
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link, type LinkProps } from "react-router";
import { Kbd } from "./Kbd";

type Kind = "go" | "plain" | "quiet";

interface Look {
  kind?: Kind;
  wide?: boolean;
  /** The key that does the same; shown, not bound (that is useKeys' part). */
  keyName?: string | null;
}

const classesOf = ({ kind = "plain", wide }: Look, extra?: string): string =>
  ["btn", kind !== "plain" && kind, wide && "wide", extra].filter(Boolean).join(" ");

interface ButtonProps extends Look, ButtonHTMLAttributes<HTMLButtonElement> {
  /** The deed is under way: says so, keeps the focus, and takes no second press. */
  busy?: boolean | string;
  children: ReactNode;
}

export function Button({ kind, wide, keyName, busy = false, className, children, onClick, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? "button"}
      className={classesOf({ kind, wide }, className)}
      aria-disabled={busy ? true : rest["aria-disabled"]}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {typeof busy === "string" ? busy : children}
      {keyName && <Kbd name={keyName} />}
    </button>
  );
}

export function ButtonLink({ kind, wide, keyName, className, children, ...rest }: Look & LinkProps) {
  return (
    <Link {...rest} className={classesOf({ kind, wide }, className)}>
      {children}
      {keyName && <Kbd name={keyName} />}
    </Link>
  );
}
