// What one can do by hand: what is asked for, why, what is under way, what came of it.
import { useState } from "react";
import { capital } from "../../system/format";
import { Filled, Refusals, Sending, Sign, useClock, useMay } from "../parts";
import { usePlace, useRoom, useSession } from "../session/hooks";
import { useUi, useUiStore } from "../ui";
import type { MoveDef, MoveState } from "../wire";
import { MoveForm } from "./MoveForm";
import { PartView } from "./PartView";

export function Moves() {
  const defs = useRoom((state) => state.hello.moves);
  const made = useRoom((state) => state.moves);
  const drawn = useRoom((state) => state.hello.picture);
  const focus = useUi((ui) => ui.focus);
  const open = useUi((ui) => ui.move);
  const ui = useUiStore();
  const [all, showAll] = useState(false);
  const may = useMay();
  const here = focus === null ? defs : defs.filter((one) => one.box === focus);
  const shown = focus === null || all || here.length === 0 ? defs : here;
  const name = focus === null ? "" : (drawn.boxes[focus]?.name ?? "");
  return (
    <div className="rm-moves">
      {made.length > 0 && (
        <ol className="rm-made" aria-label="Moves made">
          {[...made].reverse().map((one) => (
            <Made key={one.number} move={one} />
          ))}
        </ol>
      )}
      {focus !== null && (
        <p className="rm-line small muted">
          {here.length === 0 ? `No move acts on ${name}; these are all.` : all ? `All moves.` : `Moves on ${name}.`}{" "}
          {here.length > 0 && here.length < defs.length && (
            <button type="button" className="link" onClick={() => showAll(!all)}>
              {all ? `Only those on ${name}` : "Show all"}
            </button>
          )}
        </p>
      )}
      {defs.length === 0 && <p className="rm-quiet muted">There is nothing to do by hand in this system.</p>}
      <ul className="rm-decisions">
        {shown.map((def) => {
          const unfolded = open?.name === def.name;
          return (
            <li key={def.name} className={unfolded ? "open" : undefined}>
              <button
                type="button"
                className="rm-question move"
                aria-expanded={unfolded}
                disabled={!may && !unfolded}
                onClick={() => ui.set({ move: unfolded ? null : { name: def.name, record: "" } })}
              >
                <span className={unfolded ? "rm-mine" : "muted"}>
                  <Sign is={unfolded ? "open" : "none"} />
                </span>
                <span className="rm-ask">{capital(def.title)}</span>
                <span className="rm-holds">{takesWords(def)}</span>
              </button>
              {unfolded && <MoveForm key={open.record} def={def} record={open.record} onDone={() => ui.set({ move: null })} />}
            </li>
          );
        })}
      </ul>
      {focus !== null && <PartView box={focus} />}
      {focus === null && (
        <p className="rm-line small muted">A part chosen in the picture shows its instances, settings and queues here.</p>
      )}
    </div>
  );
}

const takesWords = (def: MoveDef): string => [def.takes, def.reversible ? "can be taken back" : ""].filter(Boolean).join(", ");

const STATE: Record<MoveState["state"], string> = {
  under_way: "under way",
  done: "done",
  partly: "partly done",
  failed: "failed",
  called_off: "called off",
  taken_back: "taken back",
};

function Made({ move }: { move: MoveState }) {
  const session = useSession();
  const at = useClock();
  const may = useMay();
  const place = `move ${move.number}`;
  const { waiting } = usePlace(place);
  const bad = move.state === "failed" || move.state === "partly";
  return (
    <li className="rm-made-row">
      <span className={move.state === "under_way" ? "rm-mine" : bad ? "amber" : undefined}>
        <Sign is={move.state === "under_way" ? "half" : move.state === "done" ? "done" : bad ? "up" : "none"} />
      </span>
      <div>
        <p>
          <b>
            M{move.number} {capital(move.title)}
          </b>
          {move.about && <span className="muted"> {move.about}</span>}
        </p>
        {move.result && (
          <p dir="auto" className={bad ? "amber" : undefined}>
            {move.result}
          </p>
        )}
        <p className="small muted">
          Asked for at {at(move.asked)}
          {move.done_at !== null && `, ended at ${at(move.done_at)}`}.{move.reason && " Because "}
          {move.reason && <Filled text={move.reason} />}{" "}
          {move.can_call_off && may && (
            <button type="button" className="link" onClick={() => waiting === 0 && session.send(place, { kind: "call_off", move: move.number })}>
              Call it off
            </button>
          )}
          {move.can_take_back && may && (
            <button type="button" className="link" onClick={() => waiting === 0 && session.send(place, { kind: "take_back", move: move.number })}>
              Take it back
            </button>
          )}
        </p>
        <Refusals place={place} />
        <Sending place={place} />
      </div>
      <span className={bad ? "rm-holds amber" : "rm-holds"}>{STATE[move.state]}</span>
    </li>
  );
}
