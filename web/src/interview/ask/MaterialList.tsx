// What can be put on the candidate's screen, what is there now, and whether anybody sees it.
import { lazy, Suspense, useState } from "react";
import type { Material, ShowableMaterial } from "../../api/types";
import { Dialog } from "../../shared/Dialog";
import { Loading } from "../../shared/states";
import { useDesk, useView } from "../desk/desk";

const MaterialView = lazy(() =>
  import("../../candidate/MaterialView").then((module) => ({ default: module.MaterialView })),
);

export function MaterialList() {
  const { interview, kit, area, may_write, open, deeds } = useDesk();
  const { shown, live, clock: now } = useView();
  const [seen, setSeen] = useState<Material | null>(null);
  const areaOf = (one: ShowableMaterial) => kit.exercises.find((exercise) => exercise.id === one.exercise_id)?.area;
  const list = interview.material.filter((one) => areaOf(one) === area.id || shown.includes(one.id));
  if (list.length === 0) return null;
  const linked = interview.links.some((link) => link.state === "open");
  const may = may_write && now.state !== "ended";
  const textOf = (id: string) => kit.exercises.flatMap((exercise) => exercise.material).find((one) => one.id === id) ?? null;
  return (
    <>
      <div className="region-head section">
        <h2>Candidate’s screen</h2>
        <span className="muted small">{live.candidate_present ? "open on their side" : linked ? "not open" : "no link yet"}</span>
        {may_write && (
          <button type="button" className="link small end" onClick={() => open("link")}>
            link
          </button>
        )}
      </div>
      <ul className="materials">
        {list.map((one) => {
          const on = shown.includes(one.id);
          return (
            <li key={one.id} data-on={on || undefined}>
              <span dir="auto">
                {one.title} <span className="small muted">{one.exercise_title}</span>
              </span>
              <button type="button" className="link small" onClick={() => setSeen(textOf(one.id))}>
                look<span className="vh"> at {one.title}</span>
              </button>
              {may && (
                <button
                  type="button"
                  className="link small"
                  aria-pressed={on}
                  onClick={() => deeds.show(one.id, !on)}
                >
                  {on ? "take off" : "show"}
                  <span className="vh"> {one.title}</span>
                </button>
              )}
              {on && <b className="small">shown</b>}
            </li>
          );
        })}
      </ul>
      <Dialog open={seen !== null} onClose={() => setSeen(null)} title={seen?.title ?? ""} className="material-dialog">
        <Suspense fallback={<Loading />}>{seen && <MaterialView material={seen} />}</Suspense>
      </Dialog>
    </>
  );
}
