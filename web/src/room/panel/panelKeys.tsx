// The keys of the interviewer's room, beside those of the interview itself. Later ones win: Space is the room's clock here.
import { useState } from "react";
import { focusPencil } from "../../interview/note/focus";
import { useDesk, useView } from "../../interview/desk/desk";
import { CLOCK_KEY, LEVEL_KEY } from "../../interview/desk/deskKeys";
import { useKeys } from "../../shared/keys/useKeys";
import { useRoom, useSession } from "../session/hooks";
import { useUiStore } from "../ui";
import { useActs } from "./acts";
import { ARM_KEY, DISARM_KEY, FIRE_KEY, NOTICED_KEY, useFaults } from "./Faults";
import { nextToArm } from "./faults";
import { type MiddleView, VIEW_KEY } from "./Middle";
import type { Asked, Side } from "./PanelRoom";
import { RECORD_KEY } from "./RecordPart";
import { REVEAL_KEY, usePencilled } from "./RevealPart";
import { TRUTH_KEY } from "./TruthPart";

const GROUP = "This room";

interface Props {
  toggle: (side: Side) => void;
  view: MiddleView;
  setView: (view: MiddleView) => void;
  ask: (what: Asked) => void;
}

export function PanelKeys({ toggle, view, setView, ask }: Props) {
  const session = useSession();
  const ui = useUiStore();
  const { deeds, may_write } = useDesk();
  const acts = useActs();
  const { clock: held } = useView();
  const faults = useFaults();
  const running = useRoom((state) => state.clock.running);
  const ended = useRoom((state) => state.clock.ended);
  const speed = useRoom((state) => state.clock.speed);
  const speeds = useRoom((state) => state.hello.speeds);
  const under_way = acts && !ended && held.state !== "planned";
  const revealed = useRoom((state) => state.revealed !== null);
  const pencilled = usePencilled();
  // What was armed a moment ago counts before the server has said so: nobody waits between two keys.
  const [arming, setArming] = useState<string | null>(null);
  const armed = faults.find(({ now }) => now.state === "armed") ?? faults.find(({ def, now }) => def.name === arming && now.state === "planned");
  const unnoticed = faults.filter(({ now }) => now.state === "on" && now.noticed_at === null);
  const faster = [...speeds].sort((a, b) => a - b).find((one) => one > speed);
  const slower = [...speeds].sort((a, b) => b - a).find((one) => one < speed);
  const to = (times: number | undefined) => times !== undefined && session.send("clock", { kind: "speed", times });
  useKeys([
    {
      ...CLOCK_KEY,
      name: held.state === "planned" ? "Start the interview" : running ? "Pause the room" : "Let the room run",
      group: GROUP,
      when: acts && !ended,
      run: deeds.toggleClock,
    },
    { id: "room.faster", key: "]", name: "Faster", group: GROUP, when: under_way && faster !== undefined, run: () => to(faster) },
    { id: "room.slower", key: "[", name: "Slower", group: GROUP, when: under_way && slower !== undefined, run: () => to(slower) },
    {
      ...ARM_KEY,
      name: armed ? "Arm another fault" : "Arm the next fault",
      group: GROUP,
      hint: "arm",
      when: under_way,
      run: () => {
        const next = nextToArm(faults, session.v());
        if (!next || next === armed) return;
        setArming(next.def.name);
        session.send("fault", { kind: "arm", fault: next.def.name });
      },
    },
    {
      ...FIRE_KEY,
      name: armed ? `Fire: ${armed.def.title}` : "Fire",
      group: GROUP,
      hint: "fire",
      when: under_way && armed !== undefined,
      run: () => {
        setArming(null);
        if (armed) session.send("fault", { kind: "fire", fault: armed.def.name });
      },
    },
    {
      ...NOTICED_KEY,
      name: "They noticed",
      group: GROUP,
      hint: "they noticed",
      when: under_way && unnoticed.length > 0,
      run: () => {
        const first = unnoticed[0];
        if (first) session.send("fault", { kind: "noticed", fault: first.def.name });
      },
    },
    {
      ...DISARM_KEY,
      name: "Let go: of the time, of the box, of what is armed",
      group: GROUP,
      run: () => {
        const { zoom, cursor, focus } = ui.store.get();
        if (zoom !== null || cursor !== null) ui.set({ zoom: null, cursor: null });
        else if (focus !== null) ui.set({ focus: null });
        else if (armed && under_way) {
          setArming(null);
          session.send("fault", { kind: "disarm" });
        }
      },
    },
    { ...TRUTH_KEY, name: "Truth, folded or not", group: GROUP, hint: "truth", run: () => toggle("truth") },
    { ...RECORD_KEY, name: "Record, folded or not", group: GROUP, hint: "record", run: () => toggle("record") },
    {
      ...VIEW_KEY,
      name: view === "figures" ? "What they work on" : "Figures over time",
      group: GROUP,
      run: () => setView(view === "figures" ? "work" : "figures"),
    },
    {
      ...LEVEL_KEY,
      name: "Pencil a level",
      group: GROUP,
      when: may_write && held.state !== "planned",
      run: () => {
        const fold = document.getElementById("rm-pencil");
        if (fold instanceof HTMLDetailsElement) fold.open = true;
        focusPencil();
      },
    },
    {
      ...REVEAL_KEY,
      name: revealed ? "Close the truth to the candidate" : "Show the candidate what is true, for three minutes",
      group: GROUP,
      when: may_write && (revealed || (held.state !== "planned" && pencilled)),
      run: () => session.send("clock", { kind: "reveal", on: !revealed }),
    },
    {
      id: "room.void",
      key: null,
      name: "Mark a span that does not count",
      group: GROUP,
      when: may_write && held.state !== "planned",
      run: () => ask("void"),
    },
    {
      id: "room.again",
      key: null,
      name: "The same customers again",
      group: GROUP,
      when: may_write && held.state !== "planned",
      run: () => ask("again"),
    },
  ]);
  return null;
}
