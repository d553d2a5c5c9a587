// At the foot of the lead: what runs and whether it was noticed, and the armed fault with its trigger. One is a clock, the
// other a trigger, so they are two kinds of rows.
import { useView } from "../../interview/desk/desk";
import { keyLabel } from "../../shared/keys/match";
import { useKeyName } from "../../shared/keys/useKeys";
import { capital, clock } from "../../system/format";
import { Refusals, Sending, Sign } from "../parts";
import { useRoom, useSeconds, useSession } from "../session/hooks";
import { useActs } from "./acts";
import { comingUp, type Fault, nextToArm, paired, windowWords } from "./faults";

export const ARM_KEY = { id: "room.arm", key: "f" };
export const FIRE_KEY = { id: "room.fire", key: "Enter" };
export const DISARM_KEY = { id: "room.disarm", key: "Escape" };
export const NOTICED_KEY = { id: "room.noticed", key: "g" };

const NONE: never[] = [];

export function useFaults(): Fault[] {
  const defs = useRoom((state) => state.hello.faults ?? NONE);
  const states = useRoom((state) => state.faults);
  const take = useRoom((state) => state.hello.take.id);
  const { rows } = useView();
  const began = (phase: string): number | null =>
    rows.findLast((row) => !row.withdrawn && row.body.kind === "phase" && row.body.phase === phase && row.moment?.take === take)?.moment?.v ?? null;
  return paired(defs, states, began);
}

export function Faults() {
  const faults = useFaults();
  const acts = useActs();
  const ended = useRoom((state) => state.clock.ended);
  const running = faults.filter(({ now }) => now.state === "on");
  const armed = faults.find(({ now }) => now.state === "armed");
  if (faults.length === 0) return null;
  return (
    <div className="rm-faults">
      {running.map((fault) => (
        <Running key={fault.def.name} fault={fault} />
      ))}
      <Refusals place="fault" />
      {acts && !ended && (armed ? <Armed fault={armed} /> : <Unarmed faults={faults} />)}
    </div>
  );
}

function useV(): [v: number, opens: number] {
  const seconds = useSeconds();
  const opens = useRoom((state) => state.hello.opens);
  return [opens + seconds * 1e9, opens];
}

function Running({ fault: { def, now } }: { fault: Fault }) {
  const session = useSession();
  const acts = useActs();
  const [v, opens] = useV();
  const key = useKeyName(NOTICED_KEY);
  const since = now.since ?? v;
  const noticed = now.noticed_at;
  return (
    <div className="rm-running">
      <span className="violet">
        <Sign is="dot" />
      </span>
      <b dir="auto">{capital(def.title)}</b>
      <span className="nowrap">
        <b>{clock(((noticed ?? v) - since) / 1e6)}</b> <span className="muted">{noticed === null ? "unnoticed" : "to notice"}</span>
      </span>
      {acts && (
        <span className="rm-running-deeds small">
          {noticed === null ? (
            <button type="button" className="link" onClick={() => session.send("fault", { kind: "noticed", fault: def.name })}>
              They noticed {key && <span className="mono">{keyLabel(key)}</span>}
            </button>
          ) : (
            <span className="muted">noticed at {clock((noticed - opens) / 1e6)}</span>
          )}
          {now.until !== null && <span className="muted">ends at {clock((now.until - opens) / 1e6)}</span>}
          <button type="button" className="link" onClick={() => session.send("fault", { kind: "lift", fault: def.name })}>
            Lift it now
          </button>
        </span>
      )}
    </div>
  );
}

function Armed({ fault }: { fault: Fault }) {
  const { def } = fault;
  const session = useSession();
  const [v, opens] = useV();
  const [arm, fire, disarm] = [useKeyName(ARM_KEY), useKeyName(FIRE_KEY), useKeyName(DISARM_KEY)];
  const faults = useFaults();
  const other = nextToArm(faults, v);
  return (
    <div className="rm-armed">
      <p className="rm-armed-head">
        <b className="violet">
          <Sign is="bolt" /> Armed
        </b>
        <span className="muted small end">{windowWords(fault, v, opens)}</span>
      </p>
      <p className="reading">
        <b dir="auto">{capital(def.title)}</b>
      </p>
      <p className="muted pretty" dir="auto">
        {def.reveals}
      </p>
      <p className="rm-armed-deeds">
        <button type="button" className="rm-fire" onClick={() => session.send("fault", { kind: "fire", fault: def.name })}>
          Fire {fire && <kbd>{keyLabel(fire)}</kbd>}
        </button>
        <button type="button" onClick={() => session.send("fault", { kind: "disarm" })}>
          Disarm {disarm && <kbd>{keyLabel(disarm)}</kbd>}
        </button>
        {other && other.def.name !== def.name && (
          <button type="button" onClick={() => session.send("fault", { kind: "arm", fault: other.def.name })}>
            Another {arm && <kbd>{keyLabel(arm)}</kbd>}
          </button>
        )}
        <Sending place="fault" />
      </p>
    </div>
  );
}

function Unarmed({ faults }: { faults: Fault[] }) {
  const session = useSession();
  const [v, opens] = useV();
  const key = useKeyName(ARM_KEY);
  const next = nextToArm(faults, v);
  const many = comingUp(faults).length;
  if (!next) return <p className="rm-armed small muted">Every fault of this system has run.</p>;
  return (
    <div className="rm-armed">
      <p className="rm-armed-head">
        <span className="muted small">Not armed; next of {many}</span>
        <span className="muted small end">{windowWords(next, v, opens)}</span>
      </p>
      <p className="rm-armed-deeds">
        <b dir="auto">{capital(next.def.title)}</b>
        <button type="button" className="rm-fire end" onClick={() => session.send("fault", { kind: "arm", fault: next.def.name })}>
          Arm {key && <kbd>{keyLabel(key)}</kbd>}
        </button>
        <Sending place="fault" />
      </p>
    </div>
  );
}
