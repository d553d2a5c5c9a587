// One trace: its head, and its spans as bars on a base of time. What failed, or had no answer, is dashed and says so.
import { useClock } from "../parts";
import type { Span, Trace } from "../wire";

interface Props {
  trace: Trace;
  /** v at the left and right end of the bars. */
  from: number;
  to: number;
  open: boolean;
  /** null: it stays open. */
  onToggle: (() => void) | null;
  onKey: (key: string) => void;
}

export function TraceView({ trace, from, to, open, onToggle, onKey }: Props) {
  const at = useClock();
  // An answer that is fine may have taken a failure on its way.
  const inside = trace.spans[0] && !isBad(trace.spans[0]) ? troubleInside(trace.spans) : null;
  const head = (
    <>
      <b>{trace.service}</b> <span className="mono">{trace.handler}</span>
      <span className={trace.good ? "rm-trace-end muted" : "rm-trace-end amber"}>
        began {at(trace.stamp)}
        {fraction(trace.stamp)}, {trace.took_us === null ? "" : `${took(trace.took_us)}, `}
        {trace.outcome}
        {inside !== null && `, after ${inside}`}
      </span>
    </>
  );
  return (
    <section className="rm-trace">
      {onToggle ? (
        <button type="button" className="rm-trace-head" aria-expanded={open} onClick={onToggle}>
          {head}
        </button>
      ) : (
        <h3 className="rm-trace-head">{head}</h3>
      )}
      {open && (
        <>
          <ol className="rm-spans">
            {trace.spans.map((span, place) => (
              <SpanRow key={place} span={span} service={trace.service} began={trace.began} from={from} to={to} />
            ))}
          </ol>
          {trace.fields.length > 0 && (
            <p className="rm-fields small">
              {trace.fields.map(([name, value]) => (
                <span key={name}>
                  <span className="muted">{name}</span>{" "}
                  <button type="button" className="link mono" onClick={() => onKey(value)}>
                    {value}
                  </button>
                </span>
              ))}
            </p>
          )}
        </>
      )}
    </section>
  );
}

function SpanRow({ span, service, began, from, to }: { span: Span; service: string; began: number; from: number; to: number }) {
  const long = Math.max(1, to - from);
  const left = ((began + span.start_us * 1000 - from) / long) * 100;
  // What is under way reaches to the end of what is shown.
  const wide = span.took_us === null ? 100 - left : ((span.took_us * 1000) / long) * 100;
  const bad = isBad(span);
  const words = bad ? badWord(span) : span.took_us === null ? "under way" : took(span.took_us);
  return (
    <li className="rm-span">
      <span className="rm-span-name" style={{ paddingInlineStart: Math.min(4, span.depth) * 12 }}>
        {span.name}
        {span.service !== service && <span className="muted"> {span.service}</span>}
        {span.ahead_ms !== 0 && span.kind === "handler" && (
          <span className="amber" title="Its clock says another time than its caller’s. It is drawn where it belongs.">
            {" "}
            clock {offset(span.ahead_ms)}
          </span>
        )}
      </span>
      <span className="rm-span-bar">
        <i
          className={bad ? "bad" : undefined}
          style={{ left: `${Math.min(99.6, Math.max(0, left))}%`, width: `${Math.max(0, Math.min(100 - left, wide))}%` }}
        />
      </span>
      <span className={bad ? "amber" : undefined}>{words}</span>
    </li>
  );
}

const isBad = (span: Span): boolean => span.state === "failed" || span.state === "no_answer";

const badWord = (span: Span): string => span.word ?? span.state.replace("_", " ");

/** What went wrong on the way to an answer that is fine: “no answer”, “no answer, declined”. */
function troubleInside(spans: Span[]): string | null {
  const words = new Set(spans.filter(isBad).map(badWord));
  return words.size === 0 ? null : [...words].join(", ");
}

/** How far a clock is off: `+6 min`, `−250 ms`. */
function offset(ms: number): string {
  const by = Math.abs(ms);
  const words = by < 10_000 ? `${by} ms` : by < 120_000 ? `${Math.round(by / 1000)} s` : `${Math.round(by / 60_000)} min`;
  return (ms < 0 ? "−" : "+") + words;
}

function took(us: number): string {
  if (us < 1000) return `${us} µs`;
  const ms = us / 1000;
  return ms < 10_000 ? `${Math.round(ms).toLocaleString("en-US")} ms` : `${(ms / 1000).toFixed(1)} s`;
}

const fraction = (v: number): string => `.${String(Math.floor(v / 1e6) % 1000).padStart(3, "0")}`;
