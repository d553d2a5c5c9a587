// The system with its head: how many parts, what is in focus, what the signs mean, and in the same place why the room stands.
// As a picture where there is room, else as a table.
import { type ReactNode, useRef } from "react";
import { PictureTable } from "./picture/PictureTable";
import { RoomPicture } from "./picture/RoomPicture";
import { useStanding } from "./standing";
import { useRoom } from "./session/hooks";
import { useUi, useUiStore } from "./ui";
import { useWidth } from "./useWidth";

interface Props {
  as: "picture" | "table";
  title?: string;
  /** Instead of the count of parts. */
  says?: ReactNode;
  struck?: ReadonlyMap<number, string>;
  small?: boolean;
  /** What is written at the right end, instead of the key. */
  end?: ReactNode;
}

export function SystemRegion({ as, title = "System", says, struck, small, end }: Props) {
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body, 872);
  const drawn = useRoom((state) => state.hello.picture);
  const parts = drawn.boxes.filter((box) => box.is !== "client").length;
  return (
    <section className="rm-system" id="rm-system" aria-labelledby="rm-system-title">
      <div className="rm-head">
        <h2 id="rm-system-title">{title}</h2>
        <Standing />
        <Focus says={says ?? `${parts} parts`} always={says !== undefined} />
        <span className="rm-head-end">{end ?? (as === "picture" && <Key />)}</span>
      </div>
      <div ref={body} className="rm-system-body">
        {as === "picture" ? <RoomPicture width={width} struck={struck} small={small} /> : <PictureTable />}
      </div>
    </section>
  );
}

/** Why nothing moves, where one looks. */
function Standing() {
  const words = useStanding();
  return (
    <span className="rm-standing" role="status">
      {words}
    </span>
  );
}

/** Why the room stands is worth more than how many parts it has, and less than what a page of its own says here. */
function Focus({ says, always }: { says: ReactNode; always: boolean }) {
  const drawn = useRoom((state) => state.hello.picture);
  const focus = useUi((ui) => ui.focus);
  const ui = useUiStore();
  const standing = useStanding();
  if (focus === null) return standing && !always ? null : <span className="muted small rm-says">{says}</span>;
  return (
    <button type="button" className="rm-chip" onClick={() => ui.set({ focus: null })}>
      {drawn.boxes[focus]?.name}
      <span aria-hidden="true"> ×</span>
      <span className="vh">: let go of the focus</span>
    </button>
  );
}

function Key() {
  return (
    <span className="rm-key small muted" aria-hidden="true">
      <span>
        <svg width="24" height="8">
          <path d="M0 4h24" stroke="var(--edge)" strokeWidth="3" />
        </svg>
        traffic
      </span>
      <span>
        <svg width="24" height="8">
          <path d="M0 4h24" stroke="var(--amber)" strokeDasharray="5 4" />
        </svg>
        errors
      </span>
      <span>
        <svg width="24" height="8">
          <rect x=".5" y=".5" width="23" height="7" fill="none" stroke="var(--edge)" />
          <rect x="13" y=".5" width="10.5" height="7" fill="var(--muted)" />
        </svg>
        waiting
      </span>
    </span>
  );
}
