// The people whom a run names, one by one, beside what became of each under the other designs.
import { useState } from "react";
import { Diamond } from "../Consequences";
import { capital } from "../format";
import { brokenFor, fateWords, madeWords, namedIn } from "../tale";
import type { Tale, Teller } from "../useTale";
import type { Run } from "../useSession";
import { nameOf } from "./Designs";

const FEW = 10;

interface FatesProps {
  run: Run;
  tale: Tale;
  look: (serial: number, teller: Teller | null) => void;
}

export function Fates({ run, tale, look }: FatesProps) {
  const [whole, showWhole] = useState(false);
  const named = namedIn(run.outcome);
  // Somebody may be meant by a record of theirs; their own name is what they came with.
  const fateIn = (teller: Teller, serial: number) => teller.back.fates.find((fate) => fate.serial === serial);
  const own = tale.tellers[0];
  if (!own) return null;
  if (named.length === 0) return <p className="muted">This run hurt nobody by name.</p>;
  const shown = whole ? named : named.slice(0, FEW);
  return (
    <>
      <table className="px-fates">
        <thead>
          <tr>
            <th scope="col">Who</th>
            {tale.tellers.map((teller) => (
              <th key={nameOf(teller, run)} scope="col">
                {nameOf(teller, run)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ serial, what }) => {
            const who = fateIn(own, serial)?.what || what;
            return (
              <tr key={serial}>
                <th scope="row">{capital(who)}</th>
                {tale.tellers.map((teller) => {
                  const fate = fateIn(teller, serial);
                  const broken = brokenFor(teller.back, fate);
                  const words = fateWords(teller.back, fate);
                  const name = nameOf(teller, run);
                  return (
                    <td key={name} data-design={name}>
                      <button
                        type="button"
                        className="px-fate"
                        onClick={() => look(serial, teller === own ? null : teller)}
                        aria-label={`${capital(who)}, ${name}: ${words}. Open ${teller === own ? "the history" : "both histories"}`}
                      >
                        {broken.map(({ called, customer }) => (
                          <span key={called} className={customer ? "px-hurt" : undefined}>
                            {customer && <Diamond />}
                            {called}
                          </span>
                        ))}
                        {broken.length === 0 && <span className="muted">{words}</span>}
                        <span className="muted">{madeWords(fate)}</span>
                      </button>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      {shown.length < named.length && (
        <button type="button" className="btn quiet" onClick={() => showWhole(true)}>
          {named.length - shown.length} more
        </button>
      )}
    </>
  );
}
