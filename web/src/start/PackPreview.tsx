// A session of a role's loop: which role, which session, what it asks.
import { useState } from "react";
import { useKitNow } from "../api/queries";
import { Button, ButtonLink } from "../shared/Button";
import { Field } from "../shared/Field";
import { useKeyName, useKeys } from "../shared/keys/useKeys";
import { ErrorNotice } from "../shared/states";
import { useStartInterview } from "./useStartInterview";

const startAction = { id: "start.begin", name: "Start interview", key: "Enter", hint: "start", order: 1 };

export function PackPreview() {
  const kit = useKitNow().data;
  const start = useStartInterview();
  const [packId, setPackId] = useState(kit.packs[0]?.id ?? "");
  const [sessionId, setSessionId] = useState<string | null>(null);
  const pack = kit.packs.find((candidate) => candidate.id === packId);
  const session = pack?.sessions.find((candidate) => candidate.id === sessionId) ?? pack?.sessions[0];
  const begin = () => {
    if (pack && session && !start.isPending) start.mutate({ pack: pack.id, session: session.id });
  };
  useKeys([{ ...startAction, run: begin }]);
  const key = useKeyName(startAction);
  if (!pack || !session) return null;
  return (
    <section className="start-preview" aria-label="Chosen">
      <h2>A session of a role’s loop</h2>
      <div className="start-pick">
        <Field label="Role">
          {(control) => (
            <select {...control} value={pack.id} onChange={(event) => (setPackId(event.target.value), setSessionId(null))}>
              {kit.packs.map((candidate) => (
                <option key={candidate.id} value={candidate.id}>
                  {candidate.title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Session">
          {(control) => (
            <select {...control} value={session.id} onChange={(event) => setSessionId(event.target.value)}>
              {pack.sessions.map((candidate) => (
                <option key={candidate.id} value={candidate.id}>
                  {candidate.title}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <p className="muted pretty">Best asked by {session.asked_by}.</p>
      <ol className="start-phases">
        {session.items.map((item, i) => (
          <li key={item.area}>
            <span>
              {kit.areas.find((area) => area.id === item.area)?.short ?? item.area}{" "}
              <span className="muted">{item.depth}</span>
            </span>
            <span className="muted">
              {item.minutes}
              {i === 0 && " min"}
            </span>
          </li>
        ))}
      </ol>
      <div className="start-actions">
        <Button kind="go" keyName={key} busy={start.isPending && "Starting …"} onClick={begin}>
          Start interview
        </Button>
        <ButtonLink to={`/kit/packs/${pack.id}#loop`}>Read first</ButtonLink>
      </div>
      {start.isError && <ErrorNotice error={start.error} />}
      <p className="muted small start-remark">For a candidate of an opening, start from the opening: its own plan is kept there.</p>
    </section>
  );
}
