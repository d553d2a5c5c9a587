// Beside the picture of evidence, one at a time: what customers wrote, the one whom the candidate looked up last, and what lay
// aside. Until a reader chooses, what the candidate had open decides.
import { type KeyboardEvent, useRef, useState } from "react";
import { Inbox } from "../room/inbox/Inbox";
import { useRoom, useTicking } from "../room/session/hooks";
import { capital, count } from "../system/format";
import "../room/workbench/work.css";
import { useReplaySession } from "./context";
import { Customer } from "./Customer";
import { Letters, useLetters } from "./Letters";

type Name = "inbox" | "customer" | "letters";

export function Beside({ take, searched, onKey }: { take: string; searched: string | null; onKey: (key: string) => void }) {
  const who = useLookedUp(searched);
  const letters = useLetters();
  const aside = letters.data?.reduce((sum, one) => sum + one.total, 0) ?? 0;
  const opened = useOpened(who !== null, aside > 0);
  const [picked, pick] = useState<Name | null>(null);
  const tabs = useRef<HTMLDivElement>(null);
  const names: { name: Name; title: string }[] = [
    { name: "inbox", title: "Inbox" },
    ...(who ? [{ name: "customer" as const, title: capital(who) }] : []),
    { name: "letters", title: aside > 0 ? `Dead letters ${count(aside)}` : "Dead letters" },
  ];
  // Somebody whom a reader asks for comes to the front.
  const [before, remember] = useState(searched);
  if (before !== searched) {
    remember(searched);
    pick("customer");
  }
  const shown = names.some((one) => one.name === (picked ?? opened)) ? (picked ?? opened) : "inbox";
  const move = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const place = names.findIndex((one) => one.name === shown);
    const next = names[(place + by + names.length) % names.length];
    if (!next) return;
    pick(next.name);
    tabs.current?.querySelector<HTMLElement>(`#rp-beside-${next.name}`)?.focus();
  };
  return (
    <section className="rp-beside" aria-label="Beside the picture">
      <div className="rm-tabs" role="tablist" aria-label="Beside the picture" ref={tabs} onKeyDown={move}>
        {names.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`rp-beside-${name}`}
            aria-selected={shown === name}
            aria-controls="rp-beside"
            tabIndex={shown === name ? 0 : -1}
            onClick={() => pick(name)}
          >
            {title}
          </button>
        ))}
      </div>
      <div className="rm-panel" role="tabpanel" id="rp-beside" tabIndex={0} aria-labelledby={`rp-beside-${shown}`}>
        {shown === "inbox" && <Inbox />}
        {shown === "customer" && who && <Customer key={who} take={take} who={who} onKey={onKey} />}
        {shown === "letters" && <Letters {...letters} />}
      </div>
    </section>
  );
}

/** Whom a reader asked for, or else whom the candidate had looked up by now. */
function useLookedUp(searched: string | null): string | null {
  const session = useReplaySession();
  const searches = (session.whole.marks ?? []).filter((mark) => mark.kind === "search");
  const last = useTicking(() => searches.findLast((mark) => mark.v <= session.film.v())?.text ?? "");
  return searched ?? /“([^”]*\d)”/u.exec(last)?.[1] ?? null;
}

/** Which of them is nearest to what the candidate had open. */
function useOpened(someone: boolean, aside: boolean): Name {
  const panel = useRoom((state) => state.looks?.panel ?? "decisions");
  if (panel === "decisions" || panel === "pad") return "inbox";
  if (panel === "moves" && aside) return "letters";
  return someone ? "customer" : "inbox";
}
