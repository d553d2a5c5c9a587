// For now, proof that the simulator's module runs here: its version, or the sentence that says why it does not.
import { useEffect, useState } from "react";
import { Wasm } from "../wasm/client";
import "./practice.css";

export function PracticePage() {
  const [version, tell] = useState<string | null>(null);
  const [trouble, complain] = useState<string | null>(null);
  useEffect(() => {
    const wasm = new Wasm();
    const gone = new AbortController();
    wasm.call("version", null, gone.signal).then(tell, (error: unknown) => {
      if (!gone.signal.aborted) complain(error instanceof Error ? error.message : String(error));
    });
    return () => {
      gone.abort();
      wasm.terminate();
    };
  }, []);
  return (
    <main className="p-plain">
      <h1>Practice</h1>
      <p className="reading pretty">
        Systems that break will run here, in your browser: no account, and nothing is sent anywhere.
      </p>
      {trouble ? (
        <p className="reading muted pretty" role="alert">
          {trouble}
        </p>
      ) : (
        <p className="reading muted" role="status">
          {version ? `Seatrial ${version} is loaded.` : "Loading …"}
        </p>
      )}
      {/* The book lies beside this page where both are one static site; a server of interviews has none. */}
      {import.meta.env.MODE === "site" && (
        <p className="reading">
          <a className="link" href="./book/index.html">
            Read the book
          </a>
        </p>
      )}
    </main>
  );
}
