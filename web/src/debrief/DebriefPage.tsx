// /loops/:id/debrief — agenda first, then the seven lines, decision last. What may be seen, what stands
// open and who differs from whom comes from the server; this page only finds the way through it.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { Link, useParams } from "react-router";
import { useWholeKit } from "../api/queries";
import type { AgendaItem, Debrief, DebriefLine, Kit, OpenDebrief } from "../api/types";
import { useKeys } from "../shared/keys/useKeys";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { fullTime, inWords, longDate, nearTime } from "../shared/time";
import { Agenda, Waive } from "./Agenda";
import { debriefQuery, useVisit } from "./api";
import { waitingTitle } from "./awaited";
import "./debrief.css";
import { DecisionPart } from "./DecisionPart";
import { Detail, evidenceKey } from "./Detail";
import { Lines } from "./Lines";
import { listedDays } from "./names";
import { Side } from "./Side";
import { Strip } from "./Strip";
import { useOpened } from "./useOpened";
import { newlyVisited, nextStop } from "./visits";
import { Waiting } from "./Waiting";

export function DebriefPage() {
  const { id = "" } = useParams();
  const debrief = useQuery(debriefQuery(id));
  const kit = useWholeKit();
  const failed = [debrief, kit].find((query) => query.isError && !query.data);
  const data = debrief.data;
  if (data && !data.open)
    return (
      <Page
        title={`Debrief of ${data.loop.code}: ${waitingTitle(data)}`}
        section="openings"
        barEnd={<span className="panel-only small wide-only">panel only</span>}
      >
        <Waiting debrief={data} />
      </Page>
    );
  if (data?.open && kit.data) return <OpenPage key={id} debrief={data} open={data.open} kit={kit.data} />;
  return (
    <Page title="Debrief" section="openings">
      <div className="wrap plain-page">
        {failed ? <ErrorNotice error={failed.error} retry={() => void failed.refetch()} /> : <Loading what="Opening the debrief" />}
      </div>
    </Page>
  );
}

function OpenPage({ debrief, open, kit }: { debrief: Debrief; open: OpenDebrief; kit: Kit }) {
  const { loop } = debrief;
  const visit = useVisit(loop.id);
  const { opened, add } = useOpened(loop.id);
  const [line, setLine] = useState<string | null>(() => lineOfHash(open.lines));
  const [moment, setMoment] = useState<string | null>(null);
  const [deviations, setDeviations] = useState(false);
  const [waiving, setWaiving] = useState<AgendaItem | null>(null);
  const [here, setHere] = useState<AgendaItem["id"] | null>(null);
  const head = useRef<HTMLDivElement>(null);
  const away = useAway(head);
  const titles = useMemo(() => new Map(kit.areas.map((area) => [area.id, area.short])), [kit]);

  // A visit is told once; the answer ticks it for everybody.
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const item of newlyVisited(open.agenda, opened)) {
      if (told.current.has(item.id)) continue;
      told.current.add(item.id);
      visit.mutate({ item: item.id, waive: null }, { onError: () => told.current.delete(item.id) });
    }
  }, [open.agenda, opened, visit]);

  const show = (area: string, focus = true) => {
    setLine(area);
    setMoment(null);
    add(area);
    history.replaceState(history.state, "", `#${area}`);
    requestAnimationFrame(() => {
      const row = document.getElementById(`line-${area}`);
      row?.scrollIntoView({ block: "start" });
      if (focus) row?.querySelector<HTMLElement>("[data-line]")?.focus({ preventScroll: true });
    });
  };
  const toggle = (area: string) => {
    if (line === area) {
      setLine(null);
      setMoment(null);
      history.replaceState(history.state, "", location.pathname + location.search);
      return;
    }
    setLine(area);
    setMoment(null);
    add(area);
    setHere(open.agenda.find((item) => item.lines.includes(area))?.id ?? null);
    history.replaceState(history.state, "", `#${area}`);
  };
  // A line that the address opened was opened all the same.
  useEffect(() => {
    if (line) show(line, false);
    // Only on arrival: later the rows themselves are pressed.
  }, []);
  const openDeviations = () => {
    setDeviations(true);
    setHere("deviations");
    requestAnimationFrame(() => {
      const fold = document.getElementById("deviations");
      fold?.scrollIntoView({ block: "center" });
      fold?.querySelector("summary")?.focus({ preventScroll: true });
    });
  };
  const goTo = (item: AgendaItem, to: string | null) => {
    setHere(item.id);
    if (to) show(to);
    else openDeviations();
  };
  const visitItem = (item: AgendaItem) => goTo(item, item.lines.find((area) => !opened.has(area)) ?? item.lines[0] ?? null);
  const stop = nextStop(open.agenda, opened, here === "deviations" ? "deviations" : line);
  const step = (by: 1 | -1) => {
    const focused = document.activeElement?.closest<HTMLElement>(".line")?.id.slice("line-".length);
    const at = open.lines.findIndex((one) => one.area === (focused ?? line));
    const to = open.lines[Math.min(open.lines.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
    if (!to) return;
    const button = document.getElementById(`line-${to.area}`)?.querySelector<HTMLElement>("[data-line]");
    button?.focus({ preventScroll: true });
    button?.closest(".line")?.scrollIntoView({ block: "nearest" });
  };
  const playNext = () => {
    const current = open.lines.find((one) => one.area === line);
    const all = current?.sides.flatMap((side) => side.evidence).map(evidenceKey) ?? [];
    if (all.length === 0) return;
    setMoment(all[(all.indexOf(moment ?? "") + 1) % all.length] ?? null);
    requestAnimationFrame(() => document.querySelector(".detail-moment")?.scrollIntoView({ block: "nearest" }));
  };
  const chooseMoment = (key: string | null) => {
    setMoment(key);
    if (key) requestAnimationFrame(() => document.querySelector(".detail-moment")?.scrollIntoView({ block: "nearest" }));
  };
  useKeys([
    { id: "debrief.line-next", name: "Next line", key: "j", hint: "line", run: () => step(1) },
    { id: "debrief.line-previous", name: "Line before", key: "k", hint: "line", run: () => step(-1) },
    { id: "debrief.open", name: "Open the line", key: "Enter", hint: "open", run: () => toggle(line ?? open.lines[0]?.area ?? "") },
    {
      id: "debrief.agenda",
      name: "Next on the agenda",
      key: "a",
      hint: "next on the agenda",
      when: open.agenda.length > 0,
      run: () => stop && goTo(stop.item, stop.line),
    },
    { id: "debrief.moment", name: "Show the next moment of this line", key: "v", hint: "show the moment", when: line !== null, run: playNext },
    {
      id: "debrief.decision",
      name: "To the decision",
      key: null,
      run: () => document.getElementById("decision")?.scrollIntoView(),
    },
  ]);

  return (
    <Page
      title={`Debrief: candidate ${loop.code}`}
      section="openings"
      barEnd={
        <>
          <span className="small wide-only">{open.all_in_at ? `All in, ${nearTime(open.all_in_at)}` : "opened early"}</span>
          <span className="panel-only small">panel only</span>
        </>
      }
      footEnd={nextWords(stop, open, titles)}
    >
      <div className="wrap debrief">
        <Strip lines={open.lines} titles={titles} panel={open.panel} open={line} shown={away && line !== null} onLine={show} />
        <Top debrief={debrief} open={open} />
        <Agenda agenda={open.agenda} opened={opened} here={here} onItem={visitItem} />
        <div className="debrief-cols">
          <Lines
            lines={open.lines}
            panel={open.panel}
            open={line}
            onToggle={toggle}
            headRef={head}
            detail={(one) => (
              <Detail
                line={one}
                area={kit.areas.find((area) => area.id === one.area)}
                panel={open.panel}
                moment={moment}
                onMoment={chooseMoment}
              />
            )}
          />
          <aside aria-label="Shape, bar and what else to know">
            <div className="side">
              <Side
                open={open}
                kit={kit}
                interviews={loop.interviews}
                deviationsOpen={deviations}
                onDeviations={(now) => {
                  setDeviations(now);
                  if (now) add("deviations");
                }}
              />
            </div>
          </aside>
        </div>
        <DecisionPart
          loop={loop.id}
          open={open}
          kit={kit}
          opened={opened}
          onVisit={visitItem}
          onWaive={setWaiving}
        />
      </div>
      <Waive item={waiving} visit={visit} onClose={() => setWaiving(null)} />
    </Page>
  );
}

function Top({ debrief, open }: { debrief: Debrief; open: OpenDebrief }) {
  const { loop, exception, bar_first } = debrief;
  const days = [...new Set(loop.interviews.flatMap((one) => one.started_at ?? []).sort().map((at) => longDate(at)))];
  const held = loop.interviews.filter((one) => one.started_at !== null).length;
  const facts = [
    loop.opening?.title,
    loop.opening?.team && `${loop.opening.team} opening`,
    `${inWords(held)} ${held === 1 ? "interview" : "interviews"}${days.length > 0 ? `, ${listedDays(days)}` : ""}`,
    open.bar_written_at && bar_first ? `bar written ${longDate(open.bar_written_at)}` : null,
  ].filter(Boolean);
  return (
    <>
      <div className="debrief-top">
        <h1>
          Debrief: candidate{" "}
          <Link className="debrief-code" to={`/loops/${loop.id}`}>
            {loop.code}
          </Link>
        </h1>
        <p className="muted">{facts.join(" · ")}</p>
        <ul className="debrief-who" aria-label="Panel">
          {open.panel.map((person) => (
            <li key={person.id}>
              <b>{person.initials}</b> <bdi>{person.name}</bdi>
            </li>
          ))}
        </ul>
      </div>
      {exception && (
        <p className="notice debrief-notice">
          <b>Opened early, before all scorecards were in</b>
          <span className="prose" dir="auto">
            {exception.reason}
          </span>
          <span className="muted small">
            {exception.by}, {fullTime(exception.at)}
          </span>
        </p>
      )}
      {!bar_first && (
        <p className="notice debrief-notice">
          <b>No bar was set first</b>
          <span>The bar is younger than these interviews, or there is none. Read “bar met” with that in mind.</span>
        </p>
      )}
    </>
  );
}

function nextWords(stop: ReturnType<typeof nextStop>, open: OpenDebrief, titles: Map<string, string>): string | null {
  if (open.decision) return "Decided; the record can be printed";
  if (open.decision_open) return "Next: the decision";
  if (!stop) return null;
  if (!stop.line) return `Next: ${stop.item.title.toLowerCase()}`;
  const line = open.lines.find((one) => one.area === stop.line);
  const why = line?.spread?.say ?? stop.item.title;
  return `Next: ${titles.get(stop.line) ?? stop.line}, ${why.charAt(0).toLowerCase() === why.charAt(0) ? why : line?.spread ? why : why.toLowerCase()}`;
}

function lineOfHash(lines: readonly DebriefLine[]): string | null {
  const wanted = decodeURIComponent(location.hash.slice(1));
  return lines.some((line) => line.area === wanted) ? wanted : null;
}

/** Whether the element has left the window at its upper edge. */
function useAway(ref: { current: HTMLElement | null }): boolean {
  const [away, setAway] = useState(false);
  useEffect(() => {
    if (!ref.current || typeof IntersectionObserver === "undefined") return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry) setAway(!entry.isIntersecting && entry.boundingClientRect.top < 0);
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return away;
}
