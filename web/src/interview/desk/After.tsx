// When the clock has ended: what was kept, and where it goes from here.
import { Link } from "react-router";
import { ButtonLink } from "../../shared/Button";
import { clock, count } from "../../shared/time";
import { useDesk, useView } from "./desk";

export function After() {
  const { interview, open, may_write } = useDesk();
  const { rows, waiting, refused, clock: now } = useView();
  const standing = rows.filter((row) => !row.withdrawn);
  const notes = standing.filter((row) => row.body.kind === "note").length;
  const signals = standing.filter((row) => row.body.kind === "signal").length;
  return (
    <section className="after" aria-labelledby="after-title">
      <div className="region-head">
        <h2 id="after-title">Ended at {clock(now.base_ms)}</h2>
        <span className="muted small end">
          {count(notes, "note")}, {count(signals, "signal")}
        </span>
      </div>
      <p className="muted pretty">
        {waiting > 0
          ? "Not everything is saved yet; this page goes on sending. Leave it open until it says saved."
          : refused.length > 0
            ? `All is saved but ${count(refused.length, "entry", "entries")} that the server did not take: see “not taken” above.`
            : "All of it is saved. Notes can still be added, worded anew or taken back."}
      </p>
      <div className="after-deeds">
        {interview.scorecard_submitted ? (
          <ButtonLink to={`/loops/${interview.loop_id}/scorecard`}>Your scorecard is in</ButtonLink>
        ) : (
          may_write && (
            <ButtonLink kind="go" to={`/loops/${interview.loop_id}/scorecard`}>
              Write the scorecard
            </ButtonLink>
          )
        )}
        <button type="button" className="btn" onClick={() => window.print()}>
          Print the record
        </button>
        {interview.can_attach && (
          <button type="button" className="btn" onClick={() => open("attach")}>
            Attach to an opening
          </button>
        )}
        <Link className="link" to={`/loops/${interview.loop_id}`}>
          All of {interview.code}
        </Link>
      </div>
    </section>
  );
}
