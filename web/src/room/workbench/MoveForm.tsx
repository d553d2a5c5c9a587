// A move before it is made: what it asks for, and why. What cannot be undone is said before it is done.
import { type FormEvent, type ReactNode, useEffect, useId, useState } from "react";
import { capital } from "../../system/format";
import { Refusals, Sending, useWords } from "../parts";
import { usePlace, useSession } from "../session/hooks";
import type { Asks, Body, MoveDef } from "../wire";
import { DeadLetters } from "./DeadLetters";

type Args = Extract<Body, { kind: "move" }>["args"];

export function MoveForm({ def, record, onDone }: { def: MoveDef; record: string; onDone: () => void }) {
  const session = useSession();
  const place = `new move ${def.name}`;
  const { waiting, rejected } = usePlace(place);
  const [args, setArgs] = useState<Args>(() => (record ? { record } : firstArgs(def)));
  const [reason, write] = useWords(place);
  const [sent, setSent] = useState(false);
  const set = (change: Args) => setArgs((before) => ({ ...before, ...change }));
  const missing = def.asks.some((ask) => !given(ask.arg, args));
  const make = (event: FormEvent) => {
    event.preventDefault();
    if (missing || waiting > 0) return;
    session.send(place, { kind: "move", makes: def.name, args }, reason.trim());
    setSent(true);
  };
  // Taken: it stands in the list of moves now.
  useEffect(() => {
    if (!sent || waiting > 0) return;
    setSent(false);
    if (rejected.length > 0) return;
    write("");
    onDone();
  }, [sent, waiting, rejected.length]);
  return (
    <form className="rm-unfolded rm-form" onSubmit={make}>
      <p dir="auto">{def.says}</p>
      {def.asks.map((ask) => {
        switch (ask.arg) {
          case "record":
            return (
              <Line key="record" label={`Which ${ask.kind}`}>
                {(id) => (
                  <input
                    id={id}
                    className="input rm-short"
                    value={args.record ?? ""}
                    onChange={(event) => set({ record: event.target.value.trim() })}
                    autoComplete="off"
                  />
                )}
              </Line>
            );
          case "dead_letters":
            return (
              <DeadLetters
                key="dead"
                groups={ask.groups}
                value={args.letters ?? "all"}
                onChange={(letters) => set({ letters: letters === "all" ? undefined : letters })}
              />
            );
          case "partition":
            return (
              <Choice
                key="partition"
                label="Which partition"
                of={numbers(ask.count)}
                value={args.partition?.toString()}
                onChange={(one) => set({ partition: Number(one) })}
              />
            );
          case "group":
            return <Choice key="group" label="Which group" of={ask.groups} value={args.group} onChange={(group) => set({ group })} />;
          case "replica":
            return (
              <Choice
                key="replica"
                label={`Which replica of ${ask.service}`}
                of={numbers(ask.count)}
                value={args.replica?.toString()}
                onChange={(one) => set({ replica: Number(one) })}
              />
            );
          case "rate":
            return <Numbers key="rate" label="How many per second" min={1} value={args.rate} onChange={(rate) => set({ rate })} />;
        }
      })}
      <textarea
        className="input"
        aria-label="Why"
        placeholder="Why, in a sentence"
        rows={2}
        maxLength={2000}
        dir="auto"
        value={reason}
        onChange={(event) => write(event.target.value)}
      />
      <Refusals place={place} />
      <div className="rm-deeds">
        <button type="submit" className="btn go" aria-disabled={missing || waiting > 0}>
          {capital(def.title)}
        </button>
        <button type="button" className="link" onClick={onDone}>
          Leave it
        </button>
        <Sending place={place} />
        <span className="small muted">{def.reversible ? "" : "This cannot be taken back once it is done."}</span>
      </div>
    </form>
  );
}

function firstArgs(def: MoveDef): Args {
  const args: Args = {};
  for (const ask of def.asks) {
    if (ask.arg === "rate") args.rate = ask.usual;
    if (ask.arg === "group" && ask.groups.length === 1) args.group = ask.groups[0];
    if (ask.arg === "dead_letters") args.letters = [];
  }
  return args;
}

function given(arg: Asks["arg"], args: Args): boolean {
  switch (arg) {
    case "record":
      return (args.record ?? "") !== "";
    case "dead_letters":
      return args.letters === undefined || args.letters.length > 0;
    case "partition":
      return args.partition !== undefined;
    case "group":
      return args.group !== undefined;
    case "replica":
      return args.replica !== undefined;
    case "rate":
      return (args.rate ?? 0) > 0;
  }
}

function Line({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <p className="rm-arg">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </p>
  );
}

function Numbers({
  label,
  min,
  value,
  onChange,
}: {
  label: string;
  min: number;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  return (
    <Line label={label}>
      {(id) => (
        <input
          id={id}
          className="input rm-short"
          type="number"
          inputMode="numeric"
          min={min}
          step={1}
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value === "" ? undefined : Math.max(min, Math.round(event.target.valueAsNumber)))}
        />
      )}
    </Line>
  );
}

/** Partitions and replicas are numbered from 0, as logs name them. */
const numbers = (count: number): string[] => Array.from({ length: count }, (_, n) => String(n));

function Choice({ label, of, value, onChange }: { label: string; of: string[]; value: string | undefined; onChange: (value: string) => void }) {
  return (
    <Line label={label}>
      {(id) => (
        <select id={id} className="input rm-short" value={value ?? ""} onChange={(event) => onChange(event.target.value)}>
          <option value="" disabled>
            choose
          </option>
          {of.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      )}
    </Line>
  );
}
