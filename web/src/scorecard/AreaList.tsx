// The areas to score, what each still lacks, and the way to submit. What is missing is the server's
// sentence, said where the button is; the button can always be pressed.
import { useEffect, useRef } from "react";
import type { Area, MyScorecard } from "../api/types";
import { Button } from "../shared/Button";
import { LevelMark } from "../shared/marks";
import { nearTime } from "../shared/time";

interface AreaListProps {
  areas: Area[];
  card: MyScorecard;
  current: string;
  onArea: (area: string) => void;
}

export function AreaList({ areas, card, current, onArea }: AreaListProps) {
  const list = useRef<HTMLUListElement>(null);
  // On narrow screens the areas stand in a row that scrolls.
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  const mine = areas.filter((area) => card.due_areas.includes(area.id) || touched(card, area.id));
  const rest = areas.filter((area) => !mine.includes(area));
  const entry = (area: Area, off: boolean) => {
    const score = card.areas.find((one) => one.area === area.id);
    const lacks = card.missing.filter((one) => one.area === area.id).length;
    const who = card.others.find((one) => one.area === area.id)?.who ?? [];
    return (
      <li key={area.id}>
        <button
          type="button"
          className={["area-item", off && "off"].filter(Boolean).join(" ")}
          aria-current={area.id === current ? "true" : undefined}
          onClick={() => onArea(area.id)}
          title={off && who.length > 0 ? `Scored by ${who.join(", ")}` : undefined}
        >
          <span>{area.number}</span>
          <span>{area.short}</span>
          {!off && (
            <span className="area-state">
              {card.submitted_at === null && lacks > 0 ? (
                `${lacks} to do`
              ) : score?.decided ? (
                <LevelMark level={score.level} bare />
              ) : null}
            </span>
          )}
        </button>
      </li>
    );
  };
  return (
    <>
      <h2>Your areas</h2>
      <ul ref={list}>{mine.map((area) => entry(area, false))}</ul>
      {mine.length === 0 && <p className="muted area-note">None was planned for you. Open the one you heard.</p>}
      {rest.length > 0 && (
        <div className="area-others">
          <h2 className="muted">{card.others.length > 0 ? "Scored by others" : "Not yours"}</h2>
          <ul>{rest.map((area) => entry(area, true))}</ul>
        </div>
      )}
    </>
  );
}

function touched(card: MyScorecard, area: string): boolean {
  const score = card.areas.find((one) => one.area === area);
  return score !== undefined && (score.decided || score.seen.length > 0 || score.evidence.length > 0 || score.would_move !== "");
}

interface SubmitProps {
  card: MyScorecard;
  busy: boolean;
  onSubmit: () => void;
  keyName: string | null;
  problem: string | null;
}

export function Submit({ card, busy, onSubmit, keyName, problem }: SubmitProps) {
  const first = card.missing[0];
  const more = card.missing.length - 1;
  return (
    <>
      <p role="status">
        {problem ??
          (first
            ? `${first.say}${more > 0 ? ` ${more} more after that.` : ""}`
            : card.due_at
              ? `Nothing is missing. Due ${nearTime(card.due_at)}.`
              : "Nothing is missing.")}
      </p>
      <Button kind={first ? "plain" : "go"} wide busy={busy && "Submitting …"} keyName={keyName} onClick={onSubmit}>
        Submit
      </Button>
    </>
  );
}
