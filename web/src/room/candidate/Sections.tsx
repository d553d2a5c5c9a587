// On a narrow page the regions stand one below the other; this line at the foot leads to each.
import { useRoom } from "../session/hooks";

export function Sections() {
  const open = useRoom((state) => state.tickets.filter((one) => one.reply === null).length);
  const to = (id: string) => document.getElementById(id)?.scrollIntoView({ block: "start" });
  return (
    <nav className="rm-sections" aria-label="Parts of this page">
      <button type="button" onClick={() => to("rm-system")}>
        System
      </button>
      <button type="button" onClick={() => to("rm-strips")}>
        Strips
      </button>
      <button type="button" onClick={() => to("rm-inbox-place")}>
        Inbox{open > 0 ? `, ${open} open` : ""}
      </button>
      <button type="button" onClick={() => to("rm-work")}>
        Work
      </button>
    </nav>
  );
}
