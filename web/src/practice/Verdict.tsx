// Whoever opened a link is told whether what this browser computed is what the sender saw.
import { HASH_DIGITS, type Shared, verdict } from "./link";
import type { Run } from "./useSession";

export function SentVerdict({ sent, run }: { sent: Shared; run: Run }) {
  const { digest, hash } = run.outcome;
  const said = verdict(sent, { hash, digest });
  if (said === "nothing to compare") return null;
  return (
    <p className="px-sent" role="status">
      {said === "same" && (
        <>
          <b>The same bits as sent.</b> <span className="muted">Computed anew in your browser: digest </span>
          <code>{digest}</code>
        </>
      )}
      {said === "other scenario" && (
        <>
          <b>This link was made with another version of the scenario.</b>{" "}
          <span className="muted">
            <code>{sent.hash}</code> there, <code>{hash.slice(0, HASH_DIGITS)}</code> here: what you see is this version’s result, and may differ.
          </span>
        </>
      )}
      {said === "other bits" && (
        <>
          <b>Not the bits that were sent.</b>{" "}
          <span className="muted">
            The same scenario, customers and decisions came to <code>{digest}</code> here and to <code>{sent.digest}</code> there, so the link was made by
            another version of Seatrial, or was changed.
          </span>
        </>
      )}
    </p>
  );
}
