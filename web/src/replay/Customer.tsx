// One customer at the moment of the replay: what happened to them, true beside what the team can see of it, and the traces that
// name them. What comes later than the moment is not told yet.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Segmented } from "../shared/Segmented";
import { ErrorNotice, Loading } from "../shared/states";
import { capital, count } from "../system/format";
import { Sign, useClock } from "../room/parts";
import { useRoom, useTicking } from "../room/session/hooks";
import { useRead } from "../room/workbench/useRead";
import { Results } from "../room/workbench/Traces";
import type { Traces } from "../room/wire";
import { type History, historyQuery, type Step } from "./api";
import { useReplaySession } from "./context";

interface Props {
  take: string;
  who: string;
  onKey: (key: string) => void;
}

export function Customer({ take, who, onKey }: Props) {
  const session = useReplaySession();
  const serial = serialOf(who, session.whole.truth ?? null);
  return (
    <div className="rp-customer">
      <Joined who={who} onKey={onKey} />
      {serial !== null && <Told take={take} serial={serial} />}
    </div>
  );
}

/** A key as people write it is the number of an arrival; whom the oracle names, it names with theirs. */
export function serialOf(who: string, truth: { rows: { who: { serial: number; what: string }[] }[] } | null): number | null {
  const named = truth?.rows.flatMap((row) => row.who).find((one) => one.what === who || one.what.endsWith(` ${who}`));
  if (named) return named.serial;
  const digits = /(\d{1,15})$/u.exec(who)?.[1];
  return digits === undefined ? null : Number(digits);
}

function Told({ take, serial }: { take: string; serial: number }) {
  const history = useQuery(historyQuery(take, serial));
  const [eyes, look] = useState<"both" | "seen">("both");
  if (history.isError) return <ErrorNotice error={history.error} retry={() => void history.refetch()} />;
  if (!history.data) return <Loading what="Running again, with an eye on this customer" />;
  return (
    <section aria-labelledby="rp-told">
      <div className="rm-head">
        <h3 id="rp-told">{capital(history.data.what)}</h3>
        <span className="panel-only small">panel only</span>
        <span className="rm-head-end">
          <Segmented
            legend="Which steps"
            value={eyes}
            onChange={look}
            choices={[
              { value: "both", label: "What happened" },
              { value: "seen", label: "What they can see" },
            ]}
          />
        </span>
      </div>
      <Steps history={history.data} seen={eyes === "seen"} />
    </section>
  );
}

function Steps({ history, seen }: { history: History; seen: boolean }) {
  const session = useReplaySession();
  const at = useClock();
  const known = history.steps.filter((step) => !seen || step.seen);
  const told = useTicking(() => known.filter((step) => step.v <= session.film.v()).length);
  const later = known.length - told;
  return (
    <>
      <ol className="rp-steps">
        {known.slice(0, told).map((step, place) => (
          <StepRow key={place} step={step} at={at} />
        ))}
      </ol>
      <p className="rm-line small muted">
        {told > 0 && !seen && (
          <>
            <span className="rp-true">true</span> it happened, and nothing that the team has shows it.{" "}
          </>
        )}
        {told === 0 ? `Comes at ${at(history.came)}. ` : ""}
        {later > 0 ? `${count(later)} ${later === 1 ? "step comes" : "steps come"} later.` : told > 0 ? "Nothing more came of it until the end." : ""}
      </p>
    </>
  );
}

export function StepRow({ step, at }: { step: Step; at: (v: number) => string }) {
  const hidden = !step.seen && step.is !== "client";
  return (
    <li className={step.weighs ?? undefined}>
      <time>{at(step.v)}</time>
      <span className="muted rp-part">{step.part}</span>
      <span dir="auto">
        {step.weighs === "harm" && <Sign is="diamond" />} {step.text} {hidden && <span className="rp-true">true</span>}
      </span>
    </li>
  );
}

/** The traces that name them, read again wherever the film comes to stand. */
function Joined({ who, onKey }: { who: string; onKey: (key: string) => void }) {
  const session = useReplaySession();
  const { data, error, busy, follow } = useRead<Traces>();
  const [asked, setAsked] = useState("");
  const key = who.split(" ").at(-1) ?? who;
  // While it plays, every few seconds of virtual time; standing, the very moment.
  const moment = useTicking(() => {
    const { playing } = session.film.state();
    return playing ? Math.floor(session.film.v() / 2e9) * 2e9 : session.film.v();
  });
  useEffect(() => {
    follow(
      key,
      () => session.api.traces({ key, limit: 50 }),
      () => setAsked(key),
    );
  }, [key, moment, follow, session]);
  return (
    <section aria-labelledby="rp-joined" className="rp-joined">
      <div className="rm-head">
        <h3 id="rp-joined">Traces</h3>
        <span className="muted small">as the team’s instruments have them</span>
      </div>
      {error ? (
        <p className="rm-line" role="alert">
          {error}
        </p>
      ) : data && asked === key ? (
        <Results data={data} query={{ key }} busy={busy && data.list.length === 0} onKey={onKey} />
      ) : (
        <Loading what="Looking" />
      )}
    </section>
  );
}

/** Whether the words of a box are needed: nothing to look for yet. */
export function NoCustomer({ onKey }: { onKey: (key: string) => void }) {
  const tickets = useRoom((state) => state.tickets);
  const [text, write] = useState("");
  return (
    <div className="rp-none">
      <form
        className="rm-find"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) onKey(text.trim());
        }}
      >
        <label>
          <span className="muted">Find</span>
          <input
            className="input mono"
            aria-label="Customer to find"
            placeholder="a key, such as 8123"
            value={text}
            onChange={(event) => write(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        </label>
        <button type="submit" className="btn">
          Find
        </button>
      </form>
      <p className="muted rm-line pretty">
        {tickets.length > 0
          ? "Or press “Find” at a ticket, or a name under Truth."
          : "Nobody has written yet at this moment. A name under Truth leads here too."}
      </p>
    </div>
  );
}
