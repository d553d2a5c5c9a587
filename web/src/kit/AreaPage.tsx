// One area of the kit, complete enough to hold an interview from: what to ask, what to hear, how to
// tell levels apart, and what it costs when it is missing.
import { useParams } from "react-router";
import { useKitNow } from "../api/queries";
import { NotFound } from "../app/NotFound";
import { readAloudSeconds } from "../shared/time";
import { AreaMargin } from "./area/AreaMargin";
import { FollowUps } from "./area/FollowUps";
import { Hints } from "./area/Hints";
import { RubricTable } from "./area/RubricTable";
import { SignalList } from "./area/SignalList";
import { SoundAnswer } from "./area/SoundAnswer";
import { VoicePairs } from "./area/VoicePairs";
import { areaOf } from "./find";
import { KitFrame } from "./KitFrame";
import { ArticleHead, Prose, quoted, Section } from "./parts";

export const areaSections = [
  { id: "prompt", title: "Prompt" },
  { id: "follow-ups", title: "Follow-ups" },
  { id: "sound-answer", title: "What a sound answer holds" },
  { id: "voices", title: "Two voices" },
  { id: "signals", title: "Signals" },
  { id: "red-flags", title: "Worrying to hear" },
  { id: "hints", title: "Phases and hints" },
  { id: "mini-case", title: "Mini case" },
  { id: "rubric", title: "Rubric" },
  { id: "impact", title: "Business impact" },
] as const;

export function AreaPage() {
  const { id = "" } = useParams();
  const kit = useKitNow().data;
  const area = areaOf(kit, id);
  if (!area) return <NotFound />;
  const seconds = area.prompts.reduce((sum, prompt) => sum + readAloudSeconds(prompt.text), 0);
  const several = area.prompts.length > 1;
  return (
    <KitFrame
      title={area.title}
      short={`${area.number}\u2002${area.short}`}
      at={`/kit/${area.id}`}
      sections={areaSections.map((s) => (s.id === "prompt" && several ? { ...s, title: "Prompts" } : s))}
      margin={<AreaMargin area={area} />}
    >
      <ArticleHead eyebrow={`Area ${area.number} of ${kit.areas.length}`} title={area.title} lede={area.summary} />

      <Section id="prompt" title={several ? "Prompts" : "Prompt"} note={`read aloud, about ${spoken(seconds)}${several ? " in all" : ""}`}>
        {area.prompts.map((prompt) => (
          <div key={prompt.id} className="kit-prompt">
            <Prose className="kit-ask" text={prompt.text} />
            {prompt.note && <Prose className="kit-note muted" text={prompt.note} />}
          </div>
        ))}
      </Section>

      <Section id="follow-ups" title="Follow-ups" note="one at a time, when the moment comes">
        <FollowUps follow_ups={area.follow_ups} />
      </Section>

      <Section id="sound-answer" title="What a sound answer holds">
        <SoundAnswer answer={area.sound_answer} />
      </Section>

      <Section id="voices" title="Two voices" note="same question, two people">
        <VoicePairs asked={area} />
      </Section>

      <Section id="signals" title="Signals" note="press the number; prompted or unprompted is kept">
        <SignalList signals={area.signals} />
      </Section>

      <Section id="red-flags" title="Worrying to hear" note="a reason to ask, not a verdict">
        <ul className="kit-flags">
          {area.red_flags.map((flag) => (
            <li key={flag.id}>
              <span dir="auto">{quoted(flag.says)}</span>
              <span className="muted" dir="auto">
                {flag.ask_then}
              </span>
            </li>
          ))}
        </ul>
      </Section>

      <Section id="hints" title="Phases and hints" note="first to third; a signal heard after one counts as prompted">
        <Hints area={area} />
      </Section>

      <Section id="mini-case" title="Mini case">
        <Prose className="kit-reading" text={area.mini_case.situation} />
        <p className="kit-case-question" dir="auto">
          {area.mini_case.question}
        </p>
        <Prose className="kit-reading muted" text={area.mini_case.discussion} />
      </Section>

      <Section id="rubric" title="Rubric" note="the same for everyone; a level needs something said or done">
        <RubricTable area={area} />
      </Section>

      <Section id="impact" title="Business impact" note={area.impact.weight}>
        <div className="kit-two">
          <div>
            <h3>A poor hire</h3>
            <Prose text={area.impact.poor_hire} />
          </div>
          <div>
            <h3>A good one</h3>
            <Prose text={area.impact.good_hire} />
          </div>
        </div>
      </Section>
    </KitFrame>
  );
}

function spoken(seconds: number): string {
  if (seconds < 55) return `${seconds} seconds`;
  const minutes = Math.round(seconds / 30) / 2;
  const whole = Math.floor(minutes);
  const words = minutes === whole ? String(whole) : `${whole}½`;
  return `${words} ${minutes <= 1 ? "minute" : "minutes"}`;
}
