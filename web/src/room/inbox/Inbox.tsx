// Alerts and tickets, newest first. A ticket is a claim: first what is claimed, then the customer's words, then one fact.
import { useState } from "react";
import { count } from "../../shared/time";
import { Sign, useClock } from "../parts";
import { useRoom, useSeconds } from "../session/hooks";
import { clock } from "../../system/format";
import type { Alert, Ticket } from "../wire";
import { findTraces, useUiStore } from "../ui";
import { useMay } from "../parts";
import { ReplyForm, VERDICTS } from "./ReplyForm";
import "./inbox.css";

export function Inbox() {
  const tickets = useRoom((state) => state.tickets);
  const alerts = useRoom((state) => state.alerts);
  const no_alerts = useRoom((state) => state.no_alerts);
  const [answering, answer] = useState<number | null>(null);
  const firing = alerts.filter((one) => one.firing);
  const open = tickets.filter((one) => one.reply === null).length;
  return (
    <section className="rm-inbox" aria-labelledby="rm-inbox">
      <div className="rm-head">
        <h2 id="rm-inbox">Inbox</h2>
        <span className="muted small">
          {tickets.length === 0 ? "no tickets yet" : `${count(tickets.length, "ticket")}, ${open} open`}
          {firing.length > 0 && `, ${count(firing.length, "alert")} firing`}
        </span>
      </div>
      <div className="rm-inbox-list" tabIndex={0} role="group" aria-label="Alerts and tickets">
        <ul>
          {firing.map((one) => (
            <Firing key={one.name} alert={one} />
          ))}
          {[...tickets]
            .sort((a, b) => b.filed - a.filed)
            .map((one) => (
              <TicketRow key={one.number} ticket={one} open={answering === one.number} onOpen={(now) => answer(now ? one.number : null)} />
            ))}
        </ul>
        {tickets.length === 0 && firing.length === 0 && <p className="rm-quiet muted">Customers have written nothing so far.</p>}
      </div>
      <AlertLine alerts={alerts} none={no_alerts} />
    </section>
  );
}

function Firing({ alert }: { alert: Alert }) {
  const at = useClock();
  return (
    <li className="rm-ticket alert">
      <span className="amber">
        <Sign is="up" />
      </span>
      <div>
        <p>
          <b>Alert</b> <span className="amber small">firing</span>
        </p>
        <p>{alert.says}</p>
        {alert.since !== null && <p className="small muted">Since {at(alert.since)}.</p>}
      </div>
      <div className="rm-ticket-end">{alert.since !== null && <Age v={alert.since} />}</div>
    </li>
  );
}

function TicketRow({ ticket, open, onOpen }: { ticket: Ticket; open: boolean; onOpen: (open: boolean) => void }) {
  const ui = useUiStore();
  const at = useClock();
  const may = useMay();
  const { reply } = ticket;
  return (
    <li className={reply ? "rm-ticket answered" : "rm-ticket"} data-ticket={ticket.number}>
      <span>
        <Sign is={reply ? "hollow" : "diamond"} />
        <span className="vh">{reply ? "Answered:" : "Open:"}</span>
      </span>
      <div>
        <p className="rm-claim">
          <b>{ticket.what.charAt(0).toUpperCase() + ticket.what.slice(1)}</b>
          <span className="small" dir="auto">
            {ticket.claim.startsWith("says") ? ticket.claim : `says: ${ticket.claim}`}
          </span>
        </p>
        <p dir="auto" className="prose">
          “{ticket.words}”
        </p>
        <p className="small muted" dir="auto">
          Filed at {at(ticket.filed)}
          {ticket.worth ? `, ${ticket.worth}` : ""}.{" "}
          {reply ? `Answered at ${at(reply.v)}: ${inSentence(VERDICTS[reply.verdict])}. “${reply.words}”` : "Nobody has answered yet."}{" "}
          <button type="button" className="link" onClick={() => findTraces(ui, ticket.key)}>
            Find {ticket.key}
          </button>
        </p>
        {ticket.truth && (
          <p className="small panel-only rm-secret" dir="auto">
            {rightWords(ticket)} In truth: {ticket.truth}
          </p>
        )}
        {open && <ReplyForm ticket={ticket} onClose={() => onOpen(false)} />}
      </div>
      <div className="rm-ticket-end">
        <Age v={ticket.filed} />
        {reply ? (
          <span className="small muted">answered</span>
        ) : (
          may &&
          !open && (
            <button type="button" className="link rm-act" onClick={() => onOpen(true)}>
              Answer<span className="vh">: {ticket.what}</span>
            </button>
          )
        )}
      </div>
    </li>
  );
}

/** What stands behind a colon begins small; the pronoun does not. */
const inSentence = (words: string): string => (words.startsWith("I ") ? words : words.charAt(0).toLowerCase() + words.slice(1));

/** Told the panel alone, once somebody has said that it is so or is not. */
function rightWords({ right }: Ticket): string {
  if (right === null || right === undefined) return "";
  return right ? "The answer was right." : "The answer was wrong.";
}

function Age({ v }: { v: number }) {
  const seconds = useSeconds();
  const opens = useRoom((state) => state.hello.opens);
  return <span className="muted">{clock(Math.max(0, seconds * 1000 - (v - opens) / 1e6))}</span>;
}

/** What would have spoken, when nothing has. */
function AlertLine({ alerts, none }: { alerts: readonly Alert[]; none: string | null }) {
  const at = useClock();
  const fired = alerts.flatMap((one) => one.fired.map((v) => ({ v, says: one.says }))).sort((a, b) => b.v - a.v);
  const last = fired[0];
  const configured = alerts.map((one) => one.says).join("; ");
  const words =
    none ??
    (alerts.length === 0
      ? "No alerts are configured."
      : last
        ? `${count(fired.length, "alert")} so far, the last at ${at(last.v)}: ${last.says}.`
        : `No alert has fired. ${alerts.length === 1 ? "One is" : `${alerts.length} are`} configured: ${configured}.`);
  return (
    <p className="rm-alerts small muted" dir="auto" title={words}>
      {words}
    </p>
  );
}
