// The contents of the kit, and of the page that is open, with the section that is being read.
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import type { Kit } from "../api/types";

export interface TocSection {
  id: string;
  title: string;
}

interface TocProps {
  kit: Kit;
  at: string;
  sections?: readonly TocSection[];
  onGo: () => void;
}

export function Toc({ kit, at, sections, onGo }: TocProps) {
  const reading = useReading(sections);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The contents scroll by themselves; the entry that is open must not be out of sight.
    list.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const entry = (to: string, title: string, number?: number) => (
    <li key={to}>
      <Link to={to} aria-current={at === to ? "page" : undefined} onClick={onGo}>
        <span className="muted">{number}</span>
        {title}
      </Link>
      {at === to && sections && sections.length > 0 && (
        <ul className="kit-toc-sections">
          {sections.map((section) => (
            <li key={section.id}>
              <Link to={`#${section.id}`} replace aria-current={section.id === reading ? "true" : undefined} onClick={onGo}>
                {section.title}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
  return (
    <div className="kit-toc-inner" ref={list}>
      <h2>Before you begin</h2>
      <ul>
        {entry("/kit", "What this kit holds")}
        {entry("/kit/principles", "Principles")}
        {entry("/kit/compare", `The ${kit.areas.length === 7 ? "seven" : "areas"} compared`)}
      </ul>
      <h2>Areas</h2>
      <ul>{kit.areas.map((area) => entry(`/kit/${area.id}`, area.short, area.number))}</ul>
      <h2>Across areas</h2>
      <ul>{entry("/kit/across", "Asked of every record")}</ul>
      {kit.plans.length > 0 && (
        <>
          <h2>Scenarios with a plan</h2>
          <ul>{kit.plans.map((plan) => entry(`/kit/scenarios/${plan.scenario}`, plan.title))}</ul>
        </>
      )}
      <h2>Role packs</h2>
      <ul>{kit.packs.map((pack) => entry(`/kit/packs/${pack.id}`, pack.title))}</ul>
      <h2>Exercises on material</h2>
      <ul>{kit.exercises.map((exercise) => entry(`/kit/exercises/${exercise.id}`, exercise.title))}</ul>
    </div>
  );
}

/** The id of the section that stands at the top of the window. */
function useReading(sections: readonly TocSection[] | undefined): string | null {
  const [reading, setReading] = useState<string | null>(null);
  const ids = sections?.map((section) => section.id).join(" ") ?? "";
  useEffect(() => {
    if (!ids) return;
    const look = () => {
      let at: string | null = null;
      for (const id of ids.split(" ")) {
        const top = document.getElementById(id)?.getBoundingClientRect().top;
        if (top === undefined) continue;
        if (at === null || top < 140) at = id;
      }
      // The last sections may be too short to ever reach the top.
      if (window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2 && window.scrollY > 0)
        at = ids.split(" ").at(-1) ?? at;
      setReading(at);
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [ids]);
  return reading;
}
