// The system as a table, where there is no room to draw it: as the picture is read, what a client waits for first.
import { count, ms, rate } from "../../system/format";
import { useRoom } from "../session/hooks";
import { useUi, useUiStore } from "../ui";
import "./picture.css";

export function PictureTable() {
  const drawn = useRoom((state) => state.hello.picture);
  const boxes = useRoom((state) => state.boxes);
  const edges = useRoom((state) => state.edges);
  const focus = useUi((ui) => ui.focus);
  const ui = useUiStore();
  const rows = drawn.boxes.map((box, place) => ({ box, place })).filter(({ box }) => box.is !== "client");
  const outside = (is: string) => Number(is === "provider");
  rows.sort((a, b) => outside(a.box.is) - outside(b.box.is) || a.box.row - b.box.row || a.box.column - b.box.column);
  const waiting = (place: number): number | null => {
    const into = drawn.edges.flatMap((edge, at) => (edge.carries === "group" && edge.to === place ? [edges[at]?.lag ?? 0] : []));
    return into.length > 0 ? into.reduce((sum, one) => sum + one, 0) : null;
  };
  return (
    <table className="rm-table">
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Up</th>
          <th scope="col">Rate</th>
          <th scope="col">p99</th>
          <th scope="col">Waiting</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ box, place }) => {
          const now = boxes[place];
          const lag = waiting(place);
          const speed = now?.p99_ms ?? now?.p50_ms ?? null;
          return (
            <tr key={place} className={now?.degraded ? "bad" : undefined} data-focus={focus === place || undefined}>
              <th scope="row">
                <button type="button" aria-pressed={focus === place} onClick={() => ui.set({ focus: focus === place ? null : place })}>
                  <b>{box.name}</b> {box.is !== "service" && <span className="muted">{box.is === "provider" ? "outside" : box.is}</span>}
                </button>
              </th>
              <td className={now && now.up < now.replicas ? "bad" : "quiet"}>{now && now.replicas > 0 ? `${now.up} of ${now.replicas}` : ""}</td>
              <td>{now?.rate == null ? "" : rate(now.rate)}</td>
              <td className={now?.degraded ? undefined : "quiet"}>{now?.word ?? (speed ? ms(speed) : "")}</td>
              <td>
                {now?.degraded && lag !== null && lag > 0 ? "▲ " : ""}
                {lag === null ? "" : count(lag)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
