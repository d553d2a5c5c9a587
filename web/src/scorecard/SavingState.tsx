// Whether what is written has arrived, in words. "kept" is said only after the server said so.
import { clockTime } from "./words";
import type { Keeping } from "./keeper";

export function SavingState({ state, onRetry }: { state: Keeping; onRetry: () => void }) {
  const { saving, kept_at, problem } = state;
  const say =
    saving === "unreachable"
      ? "kept here, sent when the network is back"
      : saving === "refused"
        ? `kept here, not sent: ${problem?.title ?? "refused"}`
        : saving === "kept"
          ? kept_at === null
            ? ""
            : `kept ${clockTime(kept_at)}`
          : kept_at === null
            ? "keeping …"
            : `keeping … last ${clockTime(kept_at)}`;
  return (
    <span className="small saving" role="status" title={problem ? [problem.title, problem.detail, problem.fix].filter(Boolean).join(" ") : undefined}>
      {say}
      {(saving === "unreachable" || saving === "refused") && (
        <button type="button" className="link" onClick={onRetry}>
          {" "}
          Send now
        </button>
      )}
    </span>
  );
}
