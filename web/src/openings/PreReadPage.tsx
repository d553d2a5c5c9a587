// /interviews/:id/preread — one page to read before an interview, on screen or on paper: whom, when,
// what to ask, what to listen for, and what the others ask already.
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { useKitOver } from "../api/queries";
import type { Area, Kit, PreRead } from "../api/types";
import { Sheet } from "../records/Sheet";
import { Button, ButtonLink } from "../shared/Button";
import { LevelMark } from "../shared/marks";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { fullTime } from "../shared/time";
import { preReadQuery } from "./api";
import "./preread.css";

export function PreReadPage() {
  const { id = "" } = useParams();
  const preRead = useQuery(preReadQuery(id));
  const kit = useKitOver(preRead.data && (preRead.data.scenario?.id ?? null));
  const failed = [preRead, kit].find((query) => query.isError && !query.data);
  return (
    <Page title="Pre-read" section="openings" barEnd={<span className="panel-only small">panel only</span>}>
      {preRead.data && kit.data ? (
        <div className="sheet-wrap">
          <div className="sheet-do">
            <Button kind="go" onClick={() => print()}>
              Print
            </Button>
            <ButtonLink to={`/interviews/${id}`}>To the interview</ButtonLink>
            <span className="muted small">one A4 page</span>
          </div>
          <Sheet label={`Pre-read: ${preRead.data.interview.title}`}>
            <Contents preRead={preRead.data} kit={kit.data} />
          </Sheet>
        </div>
      ) : (
        <div className="wrap plain-page">
          {failed ? <ErrorNotice error={failed.error} retry={() => void failed.refetch()} /> : <Loading what="Laying out the page" />}
        </div>
      )}
    </Page>
  );
}

type Item = PreRead["items"][number];

function Contents({ preRead, kit }: { preRead: PreRead; kit: Kit }) {
  const { interview } = preRead;
  const items = preRead.items.length > 0 ? preRead.items : itemsOfAreas(interview.areas, kit);
  const minutes = items.reduce((sum, item) => sum + item.minutes, 0);
  const short = (id: string) => kit.areas.find((one) => one.id === id)?.short ?? id;
  return (
    <>
      <header className="sheet-head">
        <h1 dir="auto">{interview.title}</h1>
        <span className="end">
          candidate <bdi>{preRead.candidate_name}</bdi> <span className="mono">{preRead.code}</span>
        </span>
      </header>
      <p>
        <b>{interview.scheduled_at ? fullTime(interview.scheduled_at) : "No date yet"}</b>, {minutes} minutes of asking.{" "}
        {interview.people.length === 0
          ? "Nobody is assigned yet."
          : interview.people.map((one, i) => (
              <span key={one.person.id}>
                {i > 0 && ", "}
                <bdi>{one.person.name}</bdi>
                {one.part === "shadow" && " (shadow)"}
                {i === interview.people.length - 1 && "."}
              </span>
            ))}
        {preRead.opening && (
          <span className="muted">
            {" "}
            {[preRead.opening.title, preRead.opening.team].filter(Boolean).join(", ")}.
          </span>
        )}{" "}
        <span className="muted">
          {preRead.candidate_link
            ? "The candidate’s link is open."
            : "The candidate has no open link; none is needed to talk."}
        </span>
      </p>
      {preRead.reason && <p className="muted">{preRead.reason}</p>}
      <div className="preread-areas" data-areas={items.length}>
        {items.map((item) => {
          const area = kit.areas.find((one) => one.id === item.area);
          return area && <AreaPart key={item.area} item={item} area={area} preRead={preRead} kit={kit} />;
        })}
      </div>
      {preRead.rules.length > 0 && (
        <p className="preread-rules">
          <b>Between lines.</b> {preRead.rules.join(" ")}
        </p>
      )}
      {preRead.elsewhere.length > 0 && (
        <>
          <h2>Asked by others, so not by you</h2>
          <ul className="preread-others">
            {preRead.elsewhere.map((one) => (
              <li key={one.title}>
                <b dir="auto">{one.title}</b> <span className="muted">{one.areas.map(short).join(", ")}</span>
                {one.who.map((name, i) => (
                  <span key={name}>
                    {i === 0 ? " " : ", "}
                    <bdi>{name}</bdi>
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className="muted preread-foot">
        A level needs one thing said or done, and what would have moved it. Ask a red flag’s question before you believe it.
      </p>
    </>
  );
}

interface AreaPartProps {
  item: Item;
  area: Area;
  preRead: PreRead;
  kit: Kit;
}

function AreaPart({ item, area, preRead, kit }: AreaPartProps) {
  const bar = preRead.bar.find((one) => one.area === area.id);
  const exercises = kit.exercises.filter((one) => item.exercises.includes(one.id));
  return (
    <section>
      <h2>
        {area.title} <span className="muted preread-min">{item.minutes} min, {item.depth}</span>
      </h2>
      {item.reason && <p className="muted">{item.reason}</p>}
      <h3>Read aloud</h3>
      {item.prompts.map((id) => (
        <p key={id} className="prose preread-prompt clamp">
          {area.prompts.find((one) => one.id === id)?.text ?? id}
        </p>
      ))}
      {exercises.map((one) => (
        <p key={one.id}>
          Exercise: <b>{one.title}</b>, {one.minutes} min. <span className="muted clamp">{one.prompt}</span>
        </p>
      ))}
      <h3>Then</h3>
      <ol className="preread-follow">
        {item.follow_ups.map((id) => {
          const one = area.follow_ups.find((candidate) => candidate.id === id);
          return (
            <li key={id}>
              {one?.text ?? id} {one && <span className="muted">{one.moment}</span>}
            </li>
          );
        })}
      </ol>
      <h3>Listen for</h3>
      <ol className="preread-signals">
        {area.signals.map((one) => (
          <li key={one.id}>{one.short}</li>
        ))}
      </ol>
      <h3>Red flags</h3>
      <ul>
        {area.red_flags.map((one) => (
          <li key={one.id}>
            “{one.says.replace(/^[“"]|[”"]$/gu, "")}” <span className="muted">Then: {one.ask_then}</span>
          </li>
        ))}
      </ul>
      <h3>Levels</h3>
      <ul className="preread-levels">
        {(["weak", "good", "excellent"] as const).map((level) => (
          <li key={level} className={bar?.level === level ? "at-bar" : undefined}>
            <LevelMark level={level} />
            <span>
              {area.rubric[level]}
              {bar?.level === level && <b> The bar.</b>}
            </span>
          </li>
        ))}
      </ul>
      <p className="muted">{bar ? `${bar.level ? "Bar" : "No bar here"}: ${bar.reason}` : "No bar: this interview belongs to no opening."}</p>
    </section>
  );
}

/** Without a plan the area's own phases say what is read; its separating follow-ups are the ones not to miss. */
function itemsOfAreas(areas: string[], kit: Kit): Item[] {
  return areas.flatMap((id) => {
    const area = kit.areas.find((one) => one.id === id);
    if (!area) return [];
    return [
      {
        area: id,
        depth: "deep" as const,
        minutes: area.facts.minutes,
        prompts: area.phases.flatMap((phase) => phase.prompts),
        follow_ups: area.follow_ups.filter((one) => one.separates).map((one) => one.id),
        exercises: [],
        reason: "",
      },
    ];
  });
}
