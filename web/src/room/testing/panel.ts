// The whole app over a real server, with the room alone from a script: `?interview=` names an interview of that server.
import { FakeRoom } from "./fake";
import { panelFrame, panelHello } from "./panelSide";
import { stub } from "./stub";

const query = new URLSearchParams(location.search);
const id = query.get("interview") ?? "";
const room = new FakeRoom(panelHello, panelFrame);
if (query.has("run")) setInterval(() => room.pass(100), 100);
if (query.has("standing")) room.state.clock = { ...room.state.clock, running: false };
stub({ "/api/takes/take-1": room });
Object.assign(window, { room });
// A server that knows no rooms yet neither tells of one nor takes a moment.
const before = window.fetch;
window.fetch = async (input, init) => {
  if (!(input instanceof Request)) return before(input, init);
  const path = new URL(input.url).pathname;
  if (path === `/api/interviews/${id}` && input.method === "GET") {
    const response = await before(input, init);
    const body = (await response.json()) as Record<string, unknown>;
    return Response.json({
      ...body,
      candidate_name: "Mira Okafor",
      room: { id: "r1", take: "take-1", scenario: "charged-not-settled", title: panelHello.title },
    });
  }
  if (path.endsWith("/entries") && input.method === "POST") {
    const sent = (await input.json()) as { entries: Record<string, unknown>[] };
    const entries = sent.entries.map(({ moment: _, ...entry }) => entry);
    return before(new Request(input.url, { method: "POST", headers: input.headers, body: JSON.stringify({ entries }) }));
  }
  return before(input, init);
};
history.replaceState(null, "", `/interviews/${id}/room`);
void import("../../app/main");
