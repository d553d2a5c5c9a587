// What is asked of every candidate's record, whatever area was heard: record questions, the three
// questions behind a trade-off, regret probes, and how to read a T-shape.
import { useKitNow } from "../api/queries";
import { KitFrame } from "./KitFrame";
import { ArticleHead, Prose, quoted, Section } from "./parts";

export function AcrossPage() {
  const kit = useKitNow().data;
  return (
    <KitFrame
      title="Asked of every record"
      at="/kit/across"
      sections={[
        { id: "record", title: "Asked of every record" },
        { id: "trade-offs", title: "Every trade-off" },
        { id: "regret", title: "Regret probes" },
        { id: "t-shape", title: "The T-shape" },
      ]}
    >
      <ArticleHead eyebrow="Across areas" title="Whatever was asked" />
      <Section id="record" title="Asked of every record" note="yes or no, with what it sounds like">
        <Sounds
          first="yes sounds"
          second="no sounds"
          rows={kit.record_questions.map((question) => ({
            id: question.id,
            ask: question.ask,
            first: question.yes_sounds,
            second: question.no_sounds,
          }))}
        />
      </Section>
      <Section id="trade-offs" title="Every trade-off" note="three questions, each once">
        <Prose className="kit-reading" text={kit.trade_off.intro} />
        <ol className="kit-three">
          <li>
            <b>What it optimises</b>
            <p className="reading">{quoted(kit.trade_off.optimise)}</p>
          </li>
          <li>
            <b>What it gives up</b>
            <p className="reading">{quoted(kit.trade_off.give_up)}</p>
          </li>
          <li>
            <b>Why, here</b>
            <p className="reading">{quoted(kit.trade_off.why)}</p>
          </li>
        </ol>
      </Section>
      <Section id="regret" title="Regret probes" note="one per interview, near the end; let a silence stand">
        <Prose className="kit-reading" text={kit.regret_reading} />
        <Sounds
          first="experience"
          second="absence"
          rows={kit.regret_probes.map((probe) => ({
            id: probe.id,
            ask: probe.ask,
            first: probe.experience,
            second: probe.absence,
          }))}
        />
      </Section>
      <Section id="t-shape" title="The T-shape" note="read beside the bar, never one number">
        <Prose className="kit-reading" text={kit.t_shape} />
      </Section>
    </KitFrame>
  );
}

interface SoundsProps {
  first: string;
  second: string;
  rows: { id: string; ask: string; first: string; second: string }[];
}

function Sounds({ first, second, rows }: SoundsProps) {
  return (
    <ul className="kit-across">
      {rows.map((row) => (
        <li key={row.id}>
          <p className="reading pretty" dir="auto">
            {row.ask}
          </p>
          <dl className="kit-sounds small">
            <dt className="muted">{first}</dt>
            <dd dir="auto">{row.first}</dd>
            <dt className="muted">{second}</dt>
            <dd dir="auto">{row.second}</dd>
          </dl>
        </li>
      ))}
    </ul>
  );
}
