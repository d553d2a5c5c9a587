// The bar: which scenario, which moment, which customers; run, play, and the link that reproduces what one sees.
import { useState } from "react";
import type { Axis } from "./axis";
import { clock, shopTime } from "./format";
import type { Playback } from "./usePlayback";
import type { Session } from "./useSession";

interface TopBarProps {
  session: Session;
  playback: Playback;
  axis: Axis | null;
  keys: () => void;
}

export function TopBar({ session, playback, axis, keys }: TopBarProps) {
  const { scenario, current, busy } = session;
  return (
    <header className="px-bar">
      <div className="px-title">
        <Title session={session} />
        <span className="muted wide-only">practice</span>
      </div>
      <div className="px-clock">
        {current && axis && scenario ? (
          <>
            <button type="button" className="px-play" onClick={playback.toggle} aria-label={playback.playing ? "Pause" : "Play"} aria-keyshortcuts="Space">
              <PlayMark playing={playback.playing} />
            </button>
            <span className="px-time">
              {clock(playback.at - axis.from)}
            </span>
            <span className="muted">1 min/s</span>
            <span className="muted wide-only">{shopTime(scenario, playback.at)} there</span>
          </>
        ) : (
          <span className="muted">{scenario ? "not yet run" : ""}</span>
        )}
      </div>
      <div className="px-doing">
        {busy?.what === "run" ? (
          <>
            <progress value={busy.share} max={1} aria-label="Running" />
            <button type="button" className="btn quiet" onClick={session.cancel}>
              Stop
            </button>
          </>
        ) : (
          <>
            <span className="muted nowrap">
              customers <span className="mono">#{session.seed}</span>
            </span>
            {current && (
              <button type="button" className="btn quiet wide-only" onClick={session.newCustomers}>
                New customers
              </button>
            )}
            {session.link && <CopyLink />}
            <button type="button" className="btn quiet wide-only" onClick={keys}>
              Keys <kbd>?</kbd>
            </button>
            {scenario && !current && (
              <button type="button" className="btn go phone-only" onClick={() => void session.start()}>
                Run
              </button>
            )}
          </>
        )}
        {/* The book lies beside this page where both are one static site; a server of interviews has none. */}
        {import.meta.env.MODE === "site" && (
          <a className="link" href="./book/index.html">
            Read the book
          </a>
        )}
      </div>
    </header>
  );
}

/** The title is the choice between the scenarios that ship, and the variations of this one, as soon as it is known which there are. */
function Title({ session: { id, scenario, shipped, open } }: { session: Session }) {
  const title = scenario?.title ?? "Practice";
  const base = id.split("#")[0];
  if (shipped.length < 2 || !shipped.some((one) => one.id === base)) return <h1>{title}</h1>;
  return (
    <>
      <h1 className="vh">{title}</h1>
      <select className="px-scenario" aria-label="Scenario" value={id} onChange={(event) => open(event.target.value)}>
        {shipped.flatMap((one) => [
          <option key={one.id} value={one.id}>
            {one.title}
          </option>,
          ...(one.id === base ? one.variations : []).map((name) => (
            <option key={name} value={`${one.id}#${name}`}>
              {one.title}: {name.replaceAll("_", " ")}
            </option>
          )),
        ])}
      </select>
    </>
  );
}

function CopyLink() {
  const [said, say] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      say("Copied");
    } catch {
      // Without a secure address the browser refuses; the address bar has the same text.
      say("It is in the address bar");
    }
    setTimeout(() => say(""), 4000);
  };
  return (
    <button type="button" className="btn quiet" onClick={() => void copy()}>
      <span role="status">{said || "Copy link"}</span>
    </button>
  );
}

function PlayMark({ playing }: { playing: boolean }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {playing ? <path d="M2 1h3v10H2zM7 1h3v10H7z" /> : <path d="M2 1l9 5-9 5z" />}
    </svg>
  );
}
