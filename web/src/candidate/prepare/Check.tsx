// The technical check: begun by a press, each line with its verdict as soon as it is known.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import {
  commandFinding,
  type Finding,
  keepsData,
  keyFinding,
  lineFinding,
  storageFinding,
  timeCommands,
  type Verdict,
  watchLine,
  windowFinding,
} from "./check";

const WATCH_MS = 5_000;
const COMMANDS = 5;

const VERDICTS: Record<Verdict, { sign: string; word: string }> = {
  good: { sign: "✓", word: "good" },
  fair: { sign: "~", word: "works" },
  bad: { sign: "!", word: "does not work" },
};

export function Check({ base }: { base: string }) {
  const [line, setLine] = useState<Finding | null>(null);
  const [commands, setCommands] = useState<Finding | null>(null);
  const [storage, setStorage] = useState<Finding | null>(null);
  const [run, setRun] = useState(0);
  const size = useSize();
  const key = useHeardKey(run > 0);
  useEffect(() => {
    if (run === 0) return;
    const stop = new AbortController();
    setLine(null);
    setCommands(null);
    setStorage(storageFinding(keepsData()));
    const live = watchLine(`${base}/live`, WATCH_MS, stop.signal);
    const sent = timeCommands(base, COMMANDS, stop.signal);
    void live.then((found) => !stop.signal.aborted && setLine(lineFinding(found)));
    void sent.then((took) => !stop.signal.aborted && setCommands(commandFinding(took, COMMANDS)));
    return () => stop.abort();
  }, [run, base]);
  const looks = [line, commands, storage, windowFinding(...size)].filter((one) => one !== null && one.verdict !== "good").length;
  const busy = run > 0 && (line === null || commands === null);
  if (run === 0) {
    return (
      <p>
        <button type="button" className="btn" onClick={() => setRun(1)}>
          Check now
        </button>
      </p>
    );
  }
  return (
    <div className="c-check">
      <p className="vh" role="status">
        {busy ? "Checking." : `Checked. ${looks === 0 ? "All is well." : `${looks} of these want a look.`}`}
      </p>
      <table>
        <caption className="vh">What was found</caption>
        <tbody>
          <Row name="Live connection" finding={line} waits={`Opening, and watching for ${WATCH_MS / 1000} s …`} />
          <Row name="Commands" finding={commands} waits="Sending …" />
          <Row name="Window" finding={windowFinding(...size)} />
          <Row name="Kept here" finding={storage} />
          <Row name="Keyboard" finding={keyFinding(key)} waits="Press any key. Without a keyboard a pointer does." />
          <Row name="Clock" finding={{ verdict: "good", says: "The room brings its own time; how this device’s clock is set does not matter." }} />
        </tbody>
      </table>
      <p>
        <button type="button" className="link" aria-disabled={busy} onClick={() => !busy && setRun(run + 1)}>
          {busy ? "Checking …" : "Check again"}
        </button>
      </p>
    </div>
  );
}

function Row({ name, finding, waits }: { name: string; finding: Finding | null; waits?: string }) {
  const verdict = finding && VERDICTS[finding.verdict];
  return (
    <tr data-verdict={finding?.verdict}>
      <th scope="row">{name}</th>
      <td className="c-verdict">
        {verdict && (
          <>
            <span aria-hidden="true">{verdict.sign}</span> {verdict.word}
          </>
        )}
      </td>
      <td>
        {finding ? finding.says : <span className="muted">{waits}</span>}
        {finding?.todo && <span className="muted"> {finding.todo}</span>}
      </td>
    </tr>
  );
}

const sizeNow = (): string => `${window.innerWidth} ${window.innerHeight}`;

function useSize(): [number, number] {
  const size = useSyncExternalStore((changed) => {
    window.addEventListener("resize", changed);
    return () => window.removeEventListener("resize", changed);
  }, sizeNow);
  const [width = 0, height = 0] = size.split(" ").map(Number);
  return [width, height];
}

/** The first key that is pressed while somebody listens. It is shown, and told to nobody. */
function useHeardKey(listens: boolean): string | null {
  const [key, hear] = useState<string | null>(null);
  const heard = useRef(false);
  useEffect(() => {
    if (!listens) return;
    const take = (event: KeyboardEvent) => {
      if (heard.current) return;
      heard.current = true;
      hear(event.key === " " ? "Space" : event.key);
    };
    window.addEventListener("keydown", take);
    return () => window.removeEventListener("keydown", take);
  }, [listens]);
  return key;
}
