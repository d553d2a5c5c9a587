// The room's pages over a script instead of a server: `?state=` names what is shown, `?run=1` lets time pass.
import "../../shared/theme";
import "../../shared/look";
import { createRoot } from "react-dom/client";
import CandidateRoom from "../candidate/CandidateRoom";
import { FakeRoom } from "./fake";
import { at, frame, hello, OPENS, rowsUntil } from "./situation";
import { stub } from "./stub";

const query = new URLSearchParams(location.search);
const room = new FakeRoom(hello, frame);
const { state } = room;
switch (query.get("state")) {
  case "before":
    Object.assign(state, {
      clock: { ...state.clock, v: OPENS, running: false, left_ms: 45 * 60_000 },
      samples: { from: 0, rows: [] },
      moves: [],
      marks: [],
      inbox: { alerts: [], tickets: [], no_alerts: null },
    });
    state.decisions = state.decisions?.map((one) => ({
      ...one,
      state: "as_found",
      answer: "",
      answered_at: null,
      chosen_at: null,
      live: null,
      says: "as it is",
    }));
    break;
  case "ended":
    state.clock = { ...state.clock, running: false, ended: true };
    break;
  case "restarted":
    state.clock = { ...state.clock, running: false, why: "The server was started again; the room is paused." };
    break;
  case "rolling":
    state.clock = { ...state.clock, running: true };
    state.now = { ...state.now!, boxes: state.now!.boxes.map((one, n) => (n === 2 ? { ...one, rolling: { done: 2, of: 3 } } : one)) };
    state.inbox = {
      ...state.inbox!,
      alerts: [{ name: "errors", says: "checkout errors above 5 % for 2 min", firing: true, since: at(590), fired: [at(590)] }],
    };
    break;
  case "hour":
    state.clock = { ...state.clock, v: at(3600), head: at(3600) };
    state.samples = { from: 0, rows: rowsUntil(3600, 3000) };
    break;
}
Object.assign(window, { room });
if (query.has("run")) setInterval(() => room.pass(100), 100);
stub({ "/api/fake/room": room });
if (query.has("lost")) setTimeout(() => (room.unreachable = true), 500);

const root = document.getElementById("app");
if (root) createRoot(root).render(<CandidateRoom base="/api/fake/room" keptAs="fake" />);
