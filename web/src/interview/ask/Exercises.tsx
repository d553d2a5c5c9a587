// The exercises of a phase: what to read aloud, and for the panel what can be found in the material.
import type { AgendaPhase, Area, Exercise } from "../../api/types";
import { Prose } from "../../kit/parts";
import { useDesk } from "../desk/desk";

const RARITY = { 1: "expected of everybody", 2: "telling", 3: "rarely seen" } as const;

export function Exercises({ phase, area }: { phase: AgendaPhase; area: Area }) {
  const { kit } = useDesk();
  const list = phase.exercises
    .map((id) => kit.exercises.find((one) => one.id === id))
    .filter((one): one is Exercise => one !== undefined && one.area === area.id);
  return list.map((one) => (
    <details className="fold section exercise" key={one.id}>
      <summary>
        Exercise: {one.title} <span className="muted small">{one.minutes} minutes</span>
      </summary>
      <Prose className="prompt" text={one.prompt} />
      {one.follow_ups.length > 0 && (
        <>
          <h3 className="section">Then ask</h3>
          <ul className="plain-list">
            {one.follow_ups.map((text) => (
              <li key={text} dir="auto">
                {text}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 className="section">What can be found</h3>
      <ul className="plain-list">
        {one.findings.map((found) => (
          <li key={found.title}>
            <b dir="auto">{found.title}</b>{" "}
            <span className="small muted">{RARITY[found.rarity as 1 | 2 | 3] ?? ""}</span>
            <p className="small muted pretty" dir="auto">
              {found.text}
            </p>
          </li>
        ))}
      </ul>
    </details>
  ));
}
