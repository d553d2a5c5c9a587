// Behind the initials: who is signed in, light or dark, keys, people (for administrators), password, signing out.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Link, useNavigate } from "react-router";
import { answer, api } from "../api/client";
import { useMe } from "../api/queries";
import { type Section, sections } from "./sections";
import { openKeys, openPalette } from "./keys/open";
import { Kbd } from "./Kbd";
import { PasswordDialog } from "./PasswordDialog";
import { Segmented } from "./Segmented";
import { setTheme, type Theme, useTheme } from "./theme";

const roleWords = { admin: "administrator", manager: "hiring manager", interviewer: "interviewer" } as const;

export function AccountMenu({ section }: { section?: Section }) {
  const me = useMe().data;
  const theme = useTheme();
  const signOut = useSignOut();
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const close = () => menu.current?.hidePopover?.();
  const [password, setPassword] = useState(false);
  const person = me?.person;
  return (
    <>
      <button type="button" className="bar-initials" popoverTarget={id}>
        <span aria-hidden="true">{person?.initials ?? "···"}</span>
        <span className="vh">{person ? `Menu of ${person.name}` : "Menu"}</span>
      </button>
      <div ref={menu} id={id} popover="auto" className="menu">
        {person && (
          <div className="menu-who">
            <b dir="auto">{person.name}</b>
            <span className="small muted">
              {person.email} · {roleWords[person.role]}
            </span>
          </div>
        )}
        <div className="phone-only">
          {sections.map((item) => (
            <Link
              key={item.id}
              className="menu-row"
              to={item.to}
              onClick={close}
              aria-current={item.id === section ? "page" : undefined}
            >
              {item.name}
            </Link>
          ))}
        </div>
        <div>
          <Segmented<Theme>
            legend="Light or dark"
            choices={[
              { value: "system", label: "System" },
              { value: "light", label: "Light" },
              { value: "dark", label: "Dark" },
            ]}
            value={theme}
            onChange={setTheme}
          />
        </div>
        <div>
          <button type="button" className="menu-row" onClick={() => (close(), openPalette())}>
            Find anything <Kbd name="/" />
          </button>
          <button type="button" className="menu-row" onClick={() => (close(), openKeys())}>
            Keys <Kbd name="?" />
          </button>
          {person?.role === "admin" && (
            <Link className="menu-row" to="/people" onClick={close}>
              People and invitations
            </Link>
          )}
        </div>
        {person && (
          <div>
            {!person.demo && (
              <button type="button" className="menu-row" onClick={() => (close(), setPassword(true))}>
                Change password …
              </button>
            )}
            <button type="button" className="menu-row" onClick={() => signOut.mutate()}>
              {signOut.isPending ? "Signing out …" : "Sign out"}
            </button>
            {signOut.isError && (
              <p className="small muted" role="alert">
                The server did not answer, so you are still signed in. Try again.
              </p>
            )}
          </div>
        )}
      </div>
      {/* Out of the bar, whose type and line breaks are not a dialog’s. */}
      {password && createPortal(<PasswordDialog onClose={() => setPassword(false)} />, document.body)}
    </>
  );
}

export function useSignOut() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/api/session")),
    onSuccess: async () => {
      // Nothing of one person may be left for the next at the same machine.
      await navigate("/sign-in");
      queries.clear();
    },
  });
}
