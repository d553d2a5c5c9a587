// A shared text: everybody in the room writes into it, and nobody loses a word.
import { useCallback, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { useMay } from "../parts";
import { useRoom, useSession } from "../session/hooks";
import { moved } from "./merge";
import { PadKeeper, type PadView } from "./padKeeper";

export function PadPanel() {
  const rev = useRoom((state) => state.pad_rev);
  const may = useMay();
  const keeper = useKeeper();
  const field = useRef<HTMLTextAreaElement>(null);
  // What others wrote is put in above a cursor, too: it stays between the same words, or a writer would go on in somebody else's.
  const place = useRef({ text: "", from: 0, to: 0 });
  const subscribe = useCallback(
    (drawn: () => void) =>
      keeper.subscribe(() => {
        const one = field.current;
        if (one) place.current = { text: one.value, from: one.selectionStart, to: one.selectionEnd };
        drawn();
      }),
    [keeper],
  );
  const view = useSyncExternalStore(subscribe, keeper.view, keeper.view);
  useEffect(() => void keeper.heard(Math.max(0, rev)), [keeper, rev]);
  useLayoutEffect(() => {
    const [one, { text, from, to }] = [field.current, place.current];
    if (!view.merged || text === view.text || !one || document.activeElement !== one) return;
    one.setSelectionRange(moved(text, view.text, from), moved(text, view.text, to));
  }, [view]);
  return (
    <div className="rm-pad">
      <textarea
        ref={field}
        className="rm-pad-field"
        aria-label="Pad"
        placeholder="A text that everybody here shares: numbers, a sketch in words, a query."
        spellCheck={false}
        dir="auto"
        readOnly={!may || view.state === "reading"}
        maxLength={50_000}
        value={view.text}
        onChange={(event) => keeper.write(event.target.value)}
        onCompositionStart={() => keeper.compose(true)}
        onCompositionEnd={() => keeper.compose(false)}
        onBlur={() => view.state === "writing" && void keeper.keep()}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          event.currentTarget.blur();
        }}
      />
      <p className="rm-line small muted" role="status">
        {WORDS[view.state]}
        {view.merged && " What somebody else wrote was put in."}
      </p>
    </div>
  );
}

const WORDS: Record<PadView["state"], string> = {
  reading: "",
  kept: "Kept. Everybody in the room sees this.",
  writing: "Writing …",
  unreachable: "Not kept yet: the server does not answer. Leave this page open; it tries again.",
};

function useKeeper(): PadKeeper {
  const session = useSession();
  const ref = useRef<PadKeeper | null>(null);
  const keeper = (ref.current ??= new PadKeeper({ read: session.api.pad, write: (rev, text) => session.api.writePad(rev, text) }));
  useEffect(
    () => () => {
      keeper.close();
      // Mounted again, as development does: a closed one takes no words any more.
      if (ref.current === keeper) ref.current = null;
    },
    [keeper],
  );
  return keeper;
}
