// Beside the lines: the shape, the bar in words, and folded what the panel should know before deciding:
// deviations, amendments with both versions, and the questions for the whole record.
import type { ReactNode } from "react";
import type { InterviewLite, Kit, OpenDebrief } from "../api/types";
import { Amendments } from "../scorecard/Amendments";
import { count, longDate } from "../shared/time";
import { barInWords } from "./barInWords";
import { Rooms, useRooms } from "./Rooms";
import { Shape } from "./Shape";

interface SideProps {
  open: OpenDebrief;
  kit: Kit;
  interviews: readonly InterviewLite[];
  /** Opening the deviations is their visit. */
  deviationsOpen: boolean;
  onDeviations: (open: boolean) => void;
}

export function Side({ open, kit, interviews, deviationsOpen, onDeviations }: SideProps) {
  const titles = new Map(kit.areas.map((area) => [area.id, area.short]));
  const rooms = useRooms(interviews);
  return (
    <>
      <section aria-labelledby="shape">
        <h2 id="shape">Shape</h2>
        <Shape stems={open.shape} />
      </section>
      <div className="side-rest">
        <section aria-labelledby="bar">
          <h2 id="bar">Bar for this opening</h2>
          <p className="muted small side-text">
            {barInWords(open.lines, titles)} {open.bar_rules.join(" ")}
          </p>
          <p className="muted small side-text">
            {open.bar_written_at ? `Written ${longDate(open.bar_written_at)}.` : "No bar was set first."}
          </p>
        </section>
        <div className="folds">
          <Fold
            id="deviations"
            title={open.deviations.length === 1 ? "Deviation" : "Deviations"}
            says={
              open.deviations.length === 0
                ? "none"
                : (open.deviations.length === 1 && open.deviations[0]?.title) || count(open.deviations.length, "deviation")
            }
            empty={open.deviations.length === 0}
            open={deviationsOpen}
            onOpen={onDeviations}
          >
            <ul className="fold-list">
              {open.deviations.map((one) => (
                <li key={`${one.title}${one.detail}`}>
                  <b>{one.title}</b>
                  <p className="muted prose">{one.detail}</p>
                </li>
              ))}
            </ul>
          </Fold>
          <Fold
            title="Amendments"
            says={open.amendments.length === 0 ? "none" : `${open.amendments.length}, both versions`}
            empty={open.amendments.length === 0}
          >
            <Amendments amendments={open.amendments} areas={kit.areas} />
          </Fold>
          {rooms.length > 0 && (
            <Fold title={rooms.length === 1 ? "Room" : "Rooms"} says={rooms.length === 1 ? "to watch again, and its story" : `${rooms.length}, to watch again`}>
              <Rooms rooms={rooms} />
            </Fold>
          )}
          <Fold title="Asked of every record" says={count(open.record_questions.length, "question")} empty={open.record_questions.length === 0}>
            <ul className="fold-list">
              {open.record_questions.map((question) => (
                <li key={question.id}>
                  <b>{question.ask}</b>
                  <p className="small">
                    <span className="muted">yes: </span>
                    {question.yes_sounds}
                  </p>
                  <p className="small">
                    <span className="muted">no: </span>
                    {question.no_sounds}
                  </p>
                </li>
              ))}
            </ul>
          </Fold>
          <Fold title="For each trade-off" says="three questions">
            <p className="muted fold-intro">{kit.trade_off.intro}</p>
            <ol className="fold-list">
              <li>{kit.trade_off.optimise}</li>
              <li>{kit.trade_off.give_up}</li>
              <li>{kit.trade_off.why}</li>
            </ol>
          </Fold>
        </div>
      </div>
    </>
  );
}

interface FoldProps {
  id?: string;
  title: string;
  says: string;
  empty?: boolean;
  open?: boolean;
  onOpen?: (open: boolean) => void;
  children: ReactNode;
}

function Fold({ id, title, says, empty, open, onOpen, children }: FoldProps) {
  if (empty)
    return (
      <p className="fold fold-empty" id={id}>
        <b>{title}</b>
        <span className="muted small">{says}</span>
      </p>
    );
  return (
    <details className="fold" id={id} open={open} onToggle={(event) => onOpen?.(event.currentTarget.open)}>
      <summary>
        <b>{title}</b>
        <span className="muted small">{says}</span>
      </summary>
      <div className="fold-body">{children}</div>
    </details>
  );
}
