// The candidate's link: made for some days, shown once, revoked at any time. Says plainly when the
// link leads nowhere from another machine.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api/client";
import { useMe } from "../api/queries";
import type { CandidateLink } from "../api/types";
import { Button } from "./Button";
import { CopyLine } from "./CopyLine";
import { Dialog } from "./Dialog";
import { Field } from "./Field";
import "./link-dialog.css";
import { ErrorNotice } from "./states";
import { nearTime } from "./time";

interface Props {
  interview: string;
  /** Those that exist, as far as this person may know of them. */
  links: readonly CandidateLink[];
  onClose: () => void;
}

export function LinkDialog({ interview, links, onClose }: Props) {
  const me = useMe().data;
  const queries = useQueryClient();
  const [days, setDays] = useState("7");
  const fresh = () => queries.invalidateQueries({ queryKey: ["interview", interview] });
  const make = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/interviews/{id}/links", { params: { path: { id: interview } }, body: { days: Number(days) } }),
      ),
    onSuccess: fresh,
  });
  const revoke = useMutation({
    mutationFn: (link: string) =>
      answer(api.DELETE("/api/interviews/{id}/links/{link}", { params: { path: { id: interview, link } } })),
    onSuccess: fresh,
  });
  return (
    <Dialog open onClose={onClose} title="The candidate’s link" className="link-dialog">
      <p className="pretty">
        It opens a page without an account: who is with them, what you show, what is kept. Whoever has the link sees that
        page, so send it to the candidate only.
      </p>
      {me && !me.reachable && (
        <div className="notice">
          <b>This link works on this machine only.</b>
          <span className="pretty">
            Seatrial listens on loopback. To let a candidate open it, start it with <code>--listen</code> on an address
            they can reach and <code>--public-url</code> with the address they should use, behind TLS.
          </span>
        </div>
      )}
      {make.data && <CopyLine label="New link, shown this once" value={make.data.url} />}
      {links.length > 0 && (
        <ul className="links">
          {links.map((link) => (
            <li key={link.id}>
              <span>
                {wordsOf(link)}
                <span className="small muted"> made {nearTime(link.created_at)}</span>
              </span>
              {link.state === "open" && (
                <Button kind="quiet" busy={revoke.isPending && revoke.variables === link.id} onClick={() => revoke.mutate(link.id)}>
                  Revoke
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {(make.isError || revoke.isError) && <ErrorNotice error={make.error ?? revoke.error} />}
      <form
        className="link-form"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <Field label="Open for" hint="A made link cannot be shown again: only its hash is kept.">
          {(control) => (
            <select {...control} value={days} onChange={(event) => setDays(event.target.value)}>
              <option value="1">1 day</option>
              <option value="3">3 days</option>
              <option value="7">7 days</option>
              <option value="14">14 days</option>
            </select>
          )}
        </Field>
        <Button kind={make.data ? "plain" : "go"} type="submit" busy={make.isPending && "Making …"}>
          {links.length > 0 ? "Make another link" : "Make the link"}
        </Button>
      </form>
    </Dialog>
  );
}

function wordsOf(link: CandidateLink): string {
  if (link.state === "revoked") return "Revoked.";
  if (link.state === "expired") return `Expired ${nearTime(link.expires_at)}.`;
  const opened = link.opened_at ? `opened ${nearTime(link.opened_at)}` : "not opened yet";
  return `Open until ${nearTime(link.expires_at)}, ${opened}.`;
}
