// /loops/:id/record — the decision record: one page that can be defended months later. Bar, levels and
// their evidence, every view, dissent, what deviated, and by which versions it was judged.
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { useKit, useMe } from "../api/queries";
import type { Debrief, DebriefLine, Kit, OpenDebrief } from "../api/types";
import { debriefQuery } from "../debrief/api";
import { decisionWords } from "../debrief/decision";
import { PlanList } from "../debrief/Plan";
import { Shape } from "../debrief/Shape";
import { waitingTitle } from "../debrief/awaited";
import { Button, ButtonLink } from "../shared/Button";
import { ConfidenceMark, LevelMark } from "../shared/marks";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { clock, fullTime, longDate } from "../shared/time";
import "./record.css";
import { Sheet } from "./Sheet";

export function RecordPage() {
  const { id = "" } = useParams();
  const debrief = useQuery({ ...debriefQuery(id), refetchInterval: false });
  const kit = useKit();
  const version = useMe().data?.version;
  const failed = [debrief, kit].find((query) => query.isError && !query.data);
  const data = debrief.data;
  return (
    <Page title={data ? `Decision record ${data.loop.code}` : "Decision record"} section="openings">
      {data?.open && kit.data ? (
        <div className="sheet-wrap">
          <div className="sheet-do">
            <Button kind="go" onClick={() => print()}>
              Print
            </Button>
            <ButtonLink to={`/loops/${id}/debrief`}>Back to the debrief</ButtonLink>
            <span className="muted small">one A4 page; “save as PDF” is in the same dialog</span>
          </div>
          <Sheet label={`Decision record of ${data.loop.code}`}>
            <Contents debrief={data} open={data.open} kit={kit.data} version={version ?? ""} />
          </Sheet>
        </div>
      ) : (
        <div className="wrap plain-page">
          {failed ? (
            <ErrorNotice error={failed.error} retry={() => void failed.refetch()} />
          ) : data && !data.open ? (
            <>
              <h1 className="title">There is no record yet. {waitingTitle(data)}</h1>
              <Link className="link" to={`/loops/${id}/debrief`}>
                Whose scorecard is due
              </Link>
            </>
          ) : (
            <Loading what="Opening the record" />
          )}
        </div>
      )}
    </Page>
  );
}

interface ContentsProps {
  debrief: Debrief;
  open: OpenDebrief;
  kit: Kit;
  version: string;
}

function Contents({ debrief, open, kit, version }: ContentsProps) {
  const { loop } = debrief;
  const held = loop.interviews.filter((one) => one.started_at !== null);
  const short = (area: string) => kit.areas.find((one) => one.id === area)?.short ?? area;
  const waived = open.agenda.flatMap((item) => (item.waived ? [{ title: item.title, ...item.waived }] : []));
  return (
    <>
      <header className="sheet-head">
        <h1>
          Decision record: <bdi>{loop.name || loop.code}</bdi>
        </h1>
        <span className="mono">{loop.code}</span>
        <span className="end muted">{loop.opening ? [loop.opening.title, loop.opening.team].filter(Boolean).join(", ") : "no opening"}</span>
      </header>
      <p className="muted">
        {held
          .map((one) => `${one.title}, ${longDate(one.started_at ?? "")} (${one.people.map((p) => p.person.initials).join(", ")})`)
          .join(" · ")}
      </p>

      <div className="record-first">
      <div className="record-decision">
        {open.decision ? (
          <>
            <p className="record-kind">{decisionWords[open.decision.kind]}</p>
            <p className="prose" dir="auto">
              {open.decision.reason}
            </p>
            <p className="muted small">
              <bdi>{open.decision.by}</bdi>, {fullTime(open.decision.at)}
              {open.decisions.length > 1 &&
                `. Before that: ${open.decisions
                  .slice(0, -1)
                  .map((one) => `${decisionWords[one.kind].toLowerCase()}, ${one.by}, ${longDate(one.at)}`)
                  .join("; ")}`}
            </p>
            {open.decision.plan.length > 0 && <PlanList plan={open.decision.plan} open={open} />}
          </>
        ) : (
          <p className="record-kind">Not decided yet</p>
        )}
      </div>
      <Shape stems={open.shape} legend={false} />
      </div>

      <h2>Seven lines</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label="Seven lines">
        <table className="record-lines">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Bar</th>
              {open.panel.map((person) => (
                <th scope="col" key={person.id}>
                  <bdi>{person.name}</bdi>
                </th>
              ))}
              <th scope="col">Bar met</th>
            </tr>
          </thead>
          <tbody>
            {open.lines.map((line) => (
              <Row key={line.area} line={line} open={open} />
            ))}
          </tbody>
        </table>
      </div>

      <h2>Evidence</h2>
      <ul className="record-evidence">
        {open.lines
          .filter((line) => line.sides.length > 0)
          .map((line) => (
            <li key={line.area}>
              <b>{short(line.area)}</b>
              <span className="clamp">
                {line.sides.flatMap((side) =>
                  side.evidence.map((one) => (
                    <span key={`${one.who}${one.entry}`} className="record-quote">
                      <span className="muted">
                        {open.panel.find((person) => person.id === one.who)?.initials} {clock(one.at_ms)} {side.level}:
                      </span>{" "}
                      <bdi>{one.text}</bdi>{" "}
                    </span>
                  )),
                )}
              </span>
            </li>
          ))}
      </ul>

      <div className="record-two">
        <section>
          <h2>Dissent</h2>
          {open.dissents.length === 0 && <p className="muted">None.</p>}
          {open.dissents.map((one) => (
            <p key={`${one.who}${one.at}`}>
              <span className="prose" dir="auto">
                “{one.text}”
              </span>{" "}
              <span className="muted">
                <bdi>{one.who}</bdi>, {longDate(one.at)}
              </span>
            </p>
          ))}
          <h2>Amendments</h2>
          {open.amendments.length === 0 && <p className="muted">None.</p>}
          {open.amendments.map((one) => (
            <p key={`${one.who}${one.area}${one.at}`}>
              {short(one.area)}, <bdi>{one.who}</bdi>, {longDate(one.at)}: {one.before.level ?? "not assessed"} to{" "}
              {one.after.level ?? "not assessed"}
              {one.before.level === one.after.level && " (level unchanged)"}.{" "}
              <span className="muted prose" dir="auto">
                {one.reason}
              </span>
            </p>
          ))}
        </section>
        <section>
          <h2>Deviations and exceptions</h2>
          {open.deviations.map((one) => (
            <p key={`${one.title}${one.detail}`}>
              {one.title}. <span className="muted">{one.detail}</span>
            </p>
          ))}
          {waived.map((one) => (
            <p key={one.title}>
              Not talked about: {one.title}, waived by <bdi>{one.by}</bdi>. <span className="muted">{one.reason}</span>
            </p>
          ))}
          {open.deviations.length === 0 && waived.length === 0 && <p className="muted">None.</p>}
          <h2>By what it was judged</h2>
          <p>
            {open.bar_written_at ? `Bar written ${longDate(open.bar_written_at)}. ` : "No bar. "}
            {open.bar_rules.join(" ")}
          </p>
          <p className="muted">
            Kit {kit.title}, {kit.version}, <span className="mono">{open.kit_hash}</span>. Seatrial {version}. Printed{" "}
            {fullTime(new Date())}.
          </p>
        </section>
      </div>
    </>
  );
}

function Row({ line, open }: { line: DebriefLine; open: OpenDebrief }) {
  return (
    <>
      <tr className={line.spread ? "differs" : undefined}>
        <th scope="row">
          {line.number} {line.title}
        </th>
        <td>{line.bar ? <LevelMark level={line.bar} /> : <span className="muted">none</span>}</td>
        {open.panel.map((person) => {
          const cell = line.cells.find((one) => one.person_id === person.id);
          return (
            <td key={person.id}>
              {cell?.assessed ? (
                <span className="record-cell">
                  <LevelMark level={cell.level} />
                  {cell.confidence && <ConfidenceMark confidence={cell.confidence} bare />}
                </span>
              ) : (
                <LevelMark level={null} word={cell?.due ? "not assessed" : "not asked"} />
              )}
            </td>
          );
        })}
        <td>{line.met.say}</td>
      </tr>
      {line.spread && (
        <tr className="record-apart">
          <td />
          <td />
          <td className="muted" colSpan={open.panel.length + 1}>
            {line.spread.say}
          </td>
        </tr>
      )}
    </>
  );
}
