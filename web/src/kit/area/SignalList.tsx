// What to listen for, each under the key that marks it in an interview.
import type { Signal } from "../../api/types";

export function SignalList({ signals }: { signals: Signal[] }) {
  return (
    <ol className="kit-signals">
      {signals.map((signal, i) => (
        <li key={signal.id}>
          <kbd>{i + 1}</kbd>
          <span className="pretty" dir="auto">
            {signal.text}
          </span>
          <span className="muted small" dir="auto">
            {signal.counts}
          </span>
        </li>
      ))}
    </ol>
  );
}
