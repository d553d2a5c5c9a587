// A shared text: everybody in the room writes into it, and nobody loses a word.
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { useMay } from "../parts";
import { useRoom, useSession } from "../session/hooks";
import { PadKeeper, type PadView } from "./padKeeper";

export function PadPanel() {
  const rev = useRoom((state) => state.pad_rev);
  const may = useMay();
  const keeper = useKeeper();
  const view = useSyncExternalStore(keeper.subscribe, keeper.view, keeper.view);
  useEffect(() => void keeper.heard(Math.max(0, rev)), [keeper, rev]);
  const field = useRef<HTMLTextAreaElement>(null);
  const place = useRef<[number, number]>([0, 0]);
  // Text that others put in above must not carry the writer's cursor away.
  useLayoutEffect(() => {
    const one = field.current;
    if (view.merged && one && document.activeElement === one) one.setSelectionRange(...place.current);
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
        onSelect={(event) => {
          place.current = [event.currentTarget.selectionStart, event.currentTarget.selectionEnd];
        }}
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
