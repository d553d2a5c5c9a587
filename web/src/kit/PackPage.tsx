// A role: the bar per seniority, and the loop that covers all areas with nothing asked twice.
import { useParams, useSearchParams } from "react-router";
import { useKitNow, useMe } from "../api/queries";
import type { Seniority } from "../api/types";
import { NotFound } from "../app/NotFound";
import { ButtonLink } from "../shared/Button";
import { LevelMark } from "../shared/marks";
import { Segmented } from "../shared/Segmented";
import { count } from "../shared/time";
import { areaOf } from "./find";
import { KitFrame } from "./KitFrame";
import { ArticleHead, Fact, PlanLink, Section } from "./parts";
import { SessionPlan } from "./SessionPlan";
import { TakeAway } from "./TakeAway";

export function PackPage() {
  const { id = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const kit = useKitNow().data;
  const me = useMe().data;
  const pack = kit.packs.find((candidate) => candidate.id === id);
  if (!pack) return <NotFound />;
  const seniority = pack.seniorities.find((s) => s.id === search.get("seniority")) ?? pack.seniorities[0];
  const minutes = pack.sessions.flatMap((session) => session.items).reduce((sum, item) => sum + item.minutes, 0);
  const scenarios = kit.scenarios.filter((scenario) => pack.scenarios.includes(scenario.id));
  const mayOpen = me?.person?.role === "admin" || me?.person?.role === "manager";
  return (
    <KitFrame
      title={pack.title}
      at={`/kit/packs/${pack.id}`}
      sections={[
        { id: "bar", title: "Bar" },
        { id: "loop", title: "Loop" },
      ]}
      margin={
        <>
          <dl className="kit-facts">
            <Fact name="Must not be weak in">{pack.emphasis}</Fact>
            <Fact name="Loop">
              {count(pack.sessions.length, "interview")}, {minutes} minutes of asking
            </Fact>
            <Fact name="Seniorities">{pack.seniorities.map((s) => s.title).join(", ")}</Fact>
            {scenarios.length > 0 && (
              <Fact name="Situations to stage">
                {scenarios.map((scenario) => (
                  <details key={scenario.id} className="kit-scenario">
                    <summary className="mono">{scenario.id}</summary>
                    <span className="small muted">{scenario.situation}</span>
                <PlanLink scenario={scenario.id} />
                  </details>
                ))}
              </Fact>
            )}
          </dl>
          {mayOpen && seniority && (
            <div className="kit-actions">
              <ButtonLink kind="go" wide to={`/openings/new?pack=${pack.id}&seniority=${seniority.id}`}>
                New opening from this pack
              </ButtonLink>
            </div>
          )}
          <TakeAway pack={pack.id} seniority={seniority?.id} what={`${pack.title}, ${seniority?.title ?? ""}`} />
        </>
      }
    >
      <ArticleHead eyebrow="Role pack" title={pack.title} lede={pack.summary} />
      <Section id="bar" title="Bar" note="where to start; an opening may change a line, with a reason, before its first interview">
        <Segmented
          className="kit-seniority"
          legend="Seniority"
          choices={pack.seniorities.map((s) => ({ value: s.id, label: s.title }))}
          value={seniority?.id ?? null}
          onChange={(value) => setSearch({ seniority: value }, { replace: true, preventScrollReset: true })}
        />
        {seniority && <BarTable seniority={seniority} />}
      </Section>
      <Section id="loop" title="Loop" note="all areas, nothing asked twice, and a reason for each choice">
        {pack.sessions.map((session, i) => (
          <SessionPlan key={session.id} number={i + 1} session={session} pack={pack.id} />
        ))}
      </Section>
    </KitFrame>
  );
}

function BarTable({ seniority }: { seniority: Seniority }) {
  const kit = useKitNow().data;
  return (
    <>
      <table className="kit-bar">
        <thead className="vh">
          <tr>
            <th scope="col">Area</th>
            <th scope="col">Level needed</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {seniority.bar.map((line) => {
            const area = areaOf(kit, line.area);
            return (
              <tr key={line.area}>
                <th scope="row">
                  <span className="muted">{area?.number}</span> {area?.short ?? line.area}
                </th>
                <td>{line.level ? <LevelMark level={line.level} /> : <span className="muted">no bar</span>}</td>
                <td className="muted" dir="auto">
                  {line.reason}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {seniority.rules.length > 0 && (
        <ul className="kit-rules">
          {seniority.rules.map((rule) => (
            <li key={rule} dir="auto">
              {rule}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
