// A candidate's "something else" changes nothing until an interviewer says which option comes nearest, or that none does.
import { useEffect } from "react";
import { Filled, Refusals, Sending } from "../parts";
import { useRoom, useSession } from "../session/hooks";
import type { DecisionState, Options } from "../wire";
import { useRead } from "../workbench/useRead";
import { useActs } from "./acts";

export function MapElse() {
  return useActs() ? <EveryElse /> : null;
}

/** For whoever may say it. */
export function EveryElse() {
  const decisions = useRoom((state) => state.decisions);
  const open = decisions.filter((one) => one.state === "something_else" && one.mapped === null);
  return open.map((one) => <Mapped key={one.name} decision={one} />);
}

function Mapped({ decision }: { decision: DecisionState }) {
  const session = useSession();
  const ask = useRoom((state) => state.hello.questions.find((one) => one.name === decision.name)?.ask ?? decision.name);
  const { data, error, read } = useRead<Options>();
  useEffect(() => read(() => session.api.options(decision.name)), [decision.name]);
  const place = `map ${decision.name}`;
  const map = (as: string | null) => session.send(place, { kind: "map", decision: decision.name, as });
  return (
    <div className="rm-map">
      <p>
        <b>Something else.</b> <span className="muted">{ask}</span>
      </p>
      <p>
        <Filled text={decision.reason || decision.says} />
      </p>
      <p className="small muted">What comes nearest? Until you say, it changes nothing.</p>
      {error && <p className="small">{error}</p>}
      <ul>
        {data?.options.map((one) => (
          <li key={one.name}>
            <button type="button" className="link" onClick={() => map(one.name)} dir="auto">
              {one.says}
            </button>
          </li>
        ))}
        <li>
          <button type="button" className="link" onClick={() => map(null)}>
            None: outside the model
          </button>
        </li>
      </ul>
      <Refusals place={place} />
      <Sending place={place} />
    </div>
  );
}
