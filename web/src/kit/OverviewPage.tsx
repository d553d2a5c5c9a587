// The first page of the kit: what it is, and everything that it holds, each with one line.
import { Link } from "react-router";
import { useKitNow } from "../api/queries";
import { count } from "../shared/time";
import { KitFrame } from "./KitFrame";
import { areaOf } from "./find";
import { ArticleHead, Fact, Section } from "./parts";
import { TakeAway } from "./TakeAway";

export function OverviewPage() {
  const kit = useKitNow().data;
  const minutes = kit.areas.reduce((sum, area) => sum + area.facts.minutes, 0);
  const prompts = kit.areas.reduce((sum, area) => sum + area.prompts.length, 0);
  const followUps = kit.areas.reduce((sum, area) => sum + area.follow_ups.length, 0);
  return (
    <KitFrame
      title="Kit"
      short="What this kit holds"
      at="/kit"
      sections={[
        { id: "principles", title: "Principles" },
        { id: "areas", title: "Areas" },
        ...(kit.plans.length > 0 ? [{ id: "scenarios", title: "Scenarios with a plan" }] : []),
        { id: "packs", title: "Role packs" },
        { id: "exercises", title: "Exercises on material" },
      ]}
      margin={
        <>
          <dl className="kit-facts">
            <Fact name="Version">
              {kit.version}, <span className="mono">{kit.hash}</span>
            </Fact>
            <Fact name="Areas">
              {kit.areas.length}, {minutes} minutes in all
            </Fact>
            <Fact name="To ask">
              {count(prompts, "prompt")}, {count(followUps, "follow-up")}
            </Fact>
            <Fact name="Roles">{kit.packs.map((pack) => pack.title).join(", ")}</Fact>
          </dl>
          <TakeAway what="the whole kit" />
        </>
      }
    >
      <ArticleHead eyebrow="Interview kit" title={kit.title} lede={kit.summary} />
      <Section id="principles" title="Principles" note={<Link className="link" to="/kit/principles">read in full</Link>}>
        <ul className="kit-list kit-principle-names">
          {kit.principles.map((principle) => (
            <li key={principle.id}>
              <Link className="kit-row" to={`/kit/principles#${principle.id}`}>
                {principle.title}
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="areas" title="Areas" note={<Link className="link" to="/kit/compare">compare the seven</Link>}>
        <ul className="kit-list">
          {kit.areas.map((area) => (
            <li key={area.id}>
              <Link className="kit-row kit-row-area" to={`/kit/${area.id}`}>
                <span className="muted">{area.number}</span>
                <span>
                  <b>{area.title}</b>
                  <span className="muted pretty">{area.hook}</span>
                </span>
                <span className="muted nowrap">{area.facts.minutes} min</span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      {kit.plans.length > 0 && (
        <Section id="scenarios" title="Scenarios with a plan" note="a system that runs and breaks, led in phases">
          <ul className="kit-list">
            {kit.plans.map((plan) => (
              <li key={plan.scenario}>
                <Link className="kit-row" to={`/kit/scenarios/${plan.scenario}`}>
                  <b>{plan.title}</b>
                  <span className="muted pretty">
                    {plan.hook} {plan.areas.map((area) => areaOf(kit, area)?.short ?? area).join(", ")}, {plan.minutes} min
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section id="packs" title="Role packs" note="areas, depth, who asks what, and a bar per seniority">
        <ul className="kit-list">
          {kit.packs.map((pack) => (
            <li key={pack.id}>
              <Link className="kit-row" to={`/kit/packs/${pack.id}`}>
                <b>{pack.title}</b>
                <span className="muted pretty">{pack.emphasis}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="exercises" title="Exercises on material" note="something the candidate can see">
        <ul className="kit-list">
          {kit.exercises.map((exercise) => (
            <li key={exercise.id}>
              <Link className="kit-row" to={`/kit/exercises/${exercise.id}`}>
                <b>{exercise.title}</b>
                <span className="muted">
                  {areaOf(kit, exercise.area)?.short}, {exercise.minutes} min
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
    </KitFrame>
  );
}
