// A scenario's plan: what is said and what breaks in each phase, what to listen for, the guide to this
// system, and, apart from all that, what the candidate is given.
import { useParams } from "react-router";
import { useKitNow, useMe } from "../api/queries";
import type { PlanPhase, ScenarioPlan } from "../api/types";
import { NotFound } from "../app/NotFound";
import { Button } from "../shared/Button";
import { useKeyName, useKeys } from "../shared/keys/useKeys";
import { ErrorNotice } from "../shared/states";
import { inWords } from "../shared/time";
import { useStartInterview } from "../start/useStartInterview";
import { areaOf } from "./find";
import { KitFrame } from "./KitFrame";
import { ArticleHead, Fact, Prose, quoted, Section } from "./parts";
import { Course, Phase } from "./scenario/Phases";
import { TakeAway } from "./TakeAway";

export function ScenarioPage() {
  const { id = "" } = useParams();
  const kit = useKitNow().data;
  const plan = kit.plans.find((candidate) => candidate.scenario === id);
  if (!plan) return <NotFound />;
  return (
    <KitFrame
      title={plan.title}
      at={`/kit/scenarios/${plan.scenario}`}
      sections={[
        { id: "brief", title: "What the candidate gets" },
        { id: "course", title: "The course" },
        ...plan.phases.map((phase) => ({ id: phaseId(phase), title: phase.title })),
        { id: "signals", title: "Signals" },
        { id: "red-flags", title: "Worrying to hear" },
        { id: "regret", title: "One regret" },
        { id: "reveal", title: "The reveal" },
        { id: "guide", title: "For the interviewer" },
      ]}
      margin={<Margin plan={plan} />}
    >
      <ArticleHead eyebrow="Plan of a scenario" title={plan.title} lede={plan.hook} />
      <Section id="brief" title="What the candidate gets" note="days ahead, and in the room; nothing else of this page">
        <h3 className="kit-sub" dir="auto">
          {plan.brief.title}
        </h3>
        <Prose className="kit-reading" text={plan.brief.story} />
        <h3 className="kit-sub">What is wanted</h3>
        <Prose className="kit-reading" text={plan.brief.task} />
        <div className="kit-two kit-apart">
          <div>
            <h3>What they can do</h3>
            <Lines lines={plan.brief.can} />
          </div>
          <div>
            <h3>What is assessed</h3>
            <Lines lines={plan.brief.assessed} />
          </div>
        </div>
      </Section>
      <Section id="course" title="The course" panelOnly note="what is armed waits until you fire it">
        <Course plan={plan} />
      </Section>
      {plan.phases.map((phase) => (
        <Section
          key={phase.id}
          id={phaseId(phase)}
          title={phase.title}
          panelOnly
          note={`${phase.minutes} min, ${areaOf(kit, phase.area)?.short ?? phase.area}`}
        >
          <Phase phase={phase} />
        </Section>
      ))}
      <Section id="signals" title="Signals" panelOnly note="press the number; prompted or unprompted is kept">
        <ol className="kit-signals">
          {plan.signals.map((signal, place) => (
            <li key={signal.id}>
              <kbd>{place + 1}</kbd>
              <span className="pretty" dir="auto">
                {signal.text}
              </span>
              <span className="muted small" dir="auto">
                {areaOf(kit, signal.area)?.short ?? signal.area}
                {signal.counts && `; ${signal.counts}`}
              </span>
            </li>
          ))}
        </ol>
      </Section>
      <Section id="red-flags" title="Worrying to hear" panelOnly note="a reason to ask, not a verdict">
        <ul className="kit-flags">
          {plan.red_flags.map((flag) => (
            <li key={flag.id}>
              <span dir="auto">{quoted(flag.says)}</span>
              <span className="muted" dir="auto">
                {flag.ask_then}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="regret" title="One regret" panelOnly note="while looking back">
        <Prose className="kit-ask" text={plan.regret_probe.ask} />
        <div className="kit-two kit-apart">
          <div>
            <h3>Experience answers</h3>
            <Prose text={plan.regret_probe.experience} />
          </div>
          <div>
            <h3>Its absence answers</h3>
            <Prose text={plan.regret_probe.absence} />
          </div>
        </div>
      </Section>
      <Section id="reveal" title="The reveal" panelOnly note="after levels are pencilled">
        <Prose className="kit-reading" text={plan.reveal.text} />
        <p className="muted small">
          The same customers, with{" "}
          <span className="mono">
            {plan.reveal.decision}: {plan.reveal.option}
          </span>
        </p>
      </Section>
      <Section id="guide" title="For the interviewer" panelOnly note="to read the day before">
        <Guide plan={plan} />
      </Section>
    </KitFrame>
  );
}

const phaseId = (phase: PlanPhase): string => `phase-${phase.id}`;

function Margin({ plan }: { plan: ScenarioPlan }) {
  const kit = useKitNow().data;
  const me = useMe().data;
  const start = useStartInterview();
  const begin = { id: "kit.start", name: `Open the room: ${plan.title}`, key: "i", hint: "open the room", order: 1 };
  useKeys([{ ...begin, run: () => start.mutate({ scenario: plan.scenario }) }]);
  const key = useKeyName(begin);
  const faults = plan.phases.reduce((sum, phase) => sum + phase.faults.length, 0);
  return (
    <>
      <dl className="kit-facts">
        <Fact name="Evidence for">{plan.areas.map((area) => areaOf(kit, area)?.title ?? area).join(", ")}</Fact>
        <Fact name="Time">
          {plan.minutes} minutes, {inWords(plan.phases.length)} phases
        </Fact>
        <Fact name="Armed">{faults === 1 ? "one fault" : `${inWords(faults)} faults`}; untouched, none of them strikes</Fact>
        <Fact name="Scenario">
          <span className="mono">{plan.scenario}</span>
        </Fact>
        <Fact name="Hints">Three per phase, graded, the same for all</Fact>
      </dl>
      {me?.person && (
        <div className="kit-actions">
          <Button
            kind="go"
            wide
            keyName={key}
            busy={start.isPending && "Opening …"}
            onClick={() => start.mutate({ scenario: plan.scenario })}
          >
            Open the room
          </Button>
          <Button wide busy={start.isPending} onClick={() => start.mutate({ scenario: plan.scenario, talk_only: true })}>
            Talk only
          </Button>
          {start.isError && <ErrorNotice error={start.error} />}
        </div>
      )}
      <TakeAway plan={plan.scenario} what={`the plan of ${plan.title}`} />
    </>
  );
}

function Guide({ plan }: { plan: ScenarioPlan }) {
  const { guide } = plan;
  const armed = plan.phases.flatMap((phase) => phase.faults);
  return (
    <>
      <Prose className="kit-reading" text={guide.system} />
      <div className="kit-two kit-apart">
        <div>
          <h3>Strong candidates</h3>
          <Lines lines={guide.strong} />
        </div>
        <div>
          <h3>Weak ones</h3>
          <Lines lines={guide.weak} />
        </div>
      </div>
      <h3 className="kit-sub">When a fault strikes</h3>
      {guide.faults.map((told) => (
        <div key={told.fault} className="kit-struck">
          <b dir="auto">{armed.find((one) => one.fault === told.fault)?.title ?? told.fault}</b>
          <Prose text={told.shows} />
          <dl className="kit-sounds small">
            <dt className="muted">strong</dt>
            <dd dir="auto">{told.strong}</dd>
            <dt className="muted">weak</dt>
            <dd dir="auto">{told.weak}</dd>
          </dl>
        </div>
      ))}
      <h3 className="kit-sub">Where interviewers go wrong</h3>
      {guide.traps.map((trap) => (
        <div key={trap.title} className="kit-struck">
          <b dir="auto">{trap.title}</b>
          <Prose text={trap.text} />
        </div>
      ))}
    </>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return (
    <ul className="kit-lines">
      {lines.map((line) => (
        <li key={line} className="pretty" dir="auto">
          {line}
        </li>
      ))}
    </ul>
  );
}
