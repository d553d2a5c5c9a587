// The follow-ups that fit now, at most three, the next one with its two sounds; below them, folded,
// all of the area. Which fit is the server's to say.
import type { FollowUp } from "../../api/types";
import { Kbd } from "../../shared/Kbd";
import { useKeyName } from "../../shared/keys/useKeys";
import { clock } from "../../shared/time";
import { ASKED_KEY } from "../desk/deskKeys";
import { useDesk, useView } from "../desk/desk";
import { firsts } from "../record/fold";

export function FollowUps() {
  const { interview, area, chosen } = useDesk();
  const { rows, relevant } = useView();
  const planned = new Set(interview.agenda.filter((phase) => phase.area === area.id).flatMap((phase) => phase.follow_ups));
  const all = area.follow_ups.filter((one) => planned.has(one.id));
  const now = relevant
    .filter((one) => one.area === area.id)
    .map((one) => area.follow_ups.find((candidate) => candidate.id === one.follow_up))
    .filter((one): one is FollowUp => one !== undefined);
  const asked = firsts(rows, (row) =>
    row.body.kind === "asked" && row.body.area === area.id ? row.body.follow_up : null,
  );
  const rest = all.filter((one) => !now.includes(one));
  if (all.length === 0 && now.length === 0) return null;
  return (
    <>
      <div className="region-head section">
        <h2>Follow-ups that fit now</h2>
        <span className="muted small end">
          {now.length} of {Math.max(all.length, now.length)}
        </span>
      </div>
      {now.length === 0 && (
        <p className="small muted pretty none-fits">
          {asked.size > 0 ? "None is left that fits here. " : "None fits yet: listen first. "}
          {rest.length > 0 && "All of the area are below."}
        </p>
      )}
      {now.map((one, place) => (
        <FitNow key={one.id} one={one} next={place === Math.min(chosen, now.length - 1)} place={place} />
      ))}
      {rest.length > 0 && (
        <details className="fold all-follow-ups">
          <summary className="small">
            {now.length > 0 ? "The others" : "All"} ({rest.length}, {asked.size} asked)
          </summary>
          {rest.map((one) => (
            <Other key={one.id} one={one} asked_ms={asked.get(one.id)?.at_ms ?? null} />
          ))}
        </details>
      )}
    </>
  );
}

function useMayAsk(): boolean {
  const { may_write } = useDesk();
  const { clock: now } = useView();
  return may_write && (now.state === "running" || now.state === "paused");
}

function FitNow({ one, next, place }: { one: FollowUp; next: boolean; place: number }) {
  const { area, deeds, choose } = useDesk();
  const keyName = useKeyName(ASKED_KEY);
  const may = useMayAsk();
  return (
    <div className="fit" data-next={next || undefined}>
      <span className="fit-key">{next && may && keyName && <Kbd name={keyName} />}</span>
      <div className="fit-body">
        <p className="fit-text" dir="auto">
          {one.text}
        </p>
        <p className="small muted pretty" dir="auto">
          Ask this {one.moment}.
        </p>
        {next && <Sounds one={one} />}
      </div>
      <span className="fit-deed">
        {next && may && <b className="next-word">next</b>}
        {may && (
          <button
            type="button"
            className="link small"
            onClick={() => {
              deeds.ask(area.id, one.id);
              choose(0);
            }}
          >
            asked<span className="vh">: {one.text}</span>
          </button>
        )}
        {!next && may && (
          <button type="button" className="link small choose" onClick={() => choose(place)}>
            make next<span className="vh">: {one.text}</span>
          </button>
        )}
      </span>
    </div>
  );
}

function Sounds({ one }: { one: FollowUp }) {
  return (
    <dl className="sounds small">
      <dt>shallow</dt>
      <dd dir="auto">{one.shallow}</dd>
      <dt>lived</dt>
      <dd dir="auto">{one.lived}</dd>
    </dl>
  );
}

function Other({ one, asked_ms }: { one: FollowUp; asked_ms: number | null }) {
  const { area, deeds } = useDesk();
  const may = useMayAsk();
  return (
    <div className="other" data-asked={asked_ms !== null || undefined}>
      <details>
        <summary dir="auto">{one.text}</summary>
        <p className="small muted pretty" dir="auto">
          Ask this {one.moment}.
        </p>
        <Sounds one={one} />
      </details>
      {asked_ms !== null ? (
        <span className="small muted nowrap">asked {clock(asked_ms)}</span>
      ) : (
        may && (
          <button type="button" className="link small" onClick={() => deeds.ask(area.id, one.id)}>
            asked<span className="vh">: {one.text}</span>
          </button>
        )
      )}
    </div>
  );
}
