// A line below the bar of a drill's room: who leads, the address for colleagues, how it ends and where it is told.
import { useState } from "react";
import { Link } from "react-router";
import { CopyLine } from "../shared/CopyLine";
import { Dialog } from "../shared/Dialog";
import { Button } from "../shared/Button";
import { useRoom, useSession } from "../room/session/hooks";
import { type Drill, storyOf } from "./api";

function leadOf({ leader, you }: Drill): string {
  if (!leader) return "Nobody leads; what goes wrong comes by itself";
  return you === "leader" ? "You lead" : `${leader.name} leads`;
}

export function DrillLine({ drill }: { drill: Drill }) {
  const ended = useRoom((state) => state.clock.ended);
  const [asked, ask] = useState<"link" | "end" | null>(null);
  const session = useSession();
  const ends = drill.you === "leader" || drill.leader === null;
  const close = () => ask(null);
  return (
    <section className="dr-line" aria-label="Drill">
      {ended ? (
        <>
          <b>The drill has ended.</b>
          <span className="muted">Everybody who was in it can read what happened, what was true, and who did what.</span>
          <Link className="link" to={storyOf(drill.id)}>
            Told back
          </Link>
        </>
      ) : (
        <>
          <span>
            <b>Drill.</b> {leadOf(drill)}
            {drill.variation && `; held as “${drill.variation.replaceAll("_", " ")}”`}
          </span>
          <span className="muted">
            In it: {drill.people.map(({ name }) => name).join(", ")}
          </span>
          <button type="button" className="link" onClick={() => ask("link")}>
            Invite
          </button>
          {ends && (
            <button type="button" className="link" onClick={() => ask("end")}>
              End it
            </button>
          )}
        </>
      )}
      <Dialog open={asked === "link"} onClose={close} title="Invite colleagues">
        <p className="pretty">Whoever has an account here opens this address, and joins as an operator. People without one are invited under People.</p>
        {!drill.reachable && (
          <div className="notice">
            <b>This address works on this machine only.</b>
            <span className="pretty">
              Start Seatrial with <code>--listen</code> on an address that they can reach and <code>--public-url</code> with the address they should use.
            </span>
          </div>
        )}
        <CopyLine label="The drill’s address" value={drill.link} />
      </Dialog>
      <Dialog
        open={asked === "end"}
        onClose={close}
        title="End the drill?"
        actions={
          <Button
            kind="go"
            onClick={() => {
              session.send("clock", { kind: "end" });
              close();
            }}
          >
            End it for everybody
          </Button>
        }
      >
        <p className="pretty">Nothing more can be done in it then. What went wrong, and what was true, opens to everybody who was in it.</p>
      </Dialog>
    </section>
  );
}
