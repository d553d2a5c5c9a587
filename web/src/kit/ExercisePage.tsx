// An exercise on something the candidate can see: what is read aloud, the material as they see it,
// and, for the panel only, what can be found in it.
import { lazy, Suspense } from "react";
import { Link, useParams } from "react-router";
import { useKitNow } from "../api/queries";
import type { Finding } from "../api/types";
import { NotFound } from "../app/NotFound";
import { LevelMark } from "../shared/marks";
import { Loading } from "../shared/states";
import { areaOf } from "./find";
import { KitFrame } from "./KitFrame";
import { ArticleHead, Fact, Prose, Section } from "./parts";
import { TakeAway } from "./TakeAway";

// The very part that draws it for the candidate, with its readers of Markdown and CSV.
const MaterialView = lazy(() =>
  import("../candidate/MaterialView").then((module) => ({ default: module.MaterialView })),
);

export function ExercisePage() {
  const { id = "" } = useParams();
  const kit = useKitNow().data;
  const exercise = kit.exercises.find((candidate) => candidate.id === id);
  if (!exercise) return <NotFound />;
  const area = areaOf(kit, exercise.area);
  return (
    <KitFrame
      title={exercise.title}
      at={`/kit/exercises/${exercise.id}`}
      sections={[
        { id: "prompt", title: "Prompt" },
        ...exercise.material.map((material) => ({ id: `material-${material.id}`, title: material.title })),
        { id: "findings", title: "What can be found" },
        { id: "follow-ups", title: "Follow-ups" },
        { id: "levels", title: "Levels" },
      ]}
      margin={
        <>
          <dl className="kit-facts">
            <Fact name="Area">
              <Link className="link" to={`/kit/${exercise.area}`}>
                {area?.title ?? exercise.area}
              </Link>
            </Fact>
            <Fact name="Time">{exercise.minutes} minutes</Fact>
            <Fact name="Shown to the candidate">
              {exercise.material.map((material) => (
                <span key={material.id} className="kit-line">
                  {material.title}
                </span>
              ))}
            </Fact>
            <Fact name="How it is shown">From the interview, on the candidate’s own screen, by their link. Or on paper.</Fact>
          </dl>
          <TakeAway area={exercise.area} what={`${area?.title ?? exercise.area}, with this exercise`} />
        </>
      }
    >
      <ArticleHead eyebrow="Exercise on material" title={exercise.title} lede={exercise.summary} />
      <Section id="prompt" title="Prompt" note="read aloud">
        <Prose className="kit-ask" text={exercise.prompt} />
      </Section>
      {exercise.material.map((material) => (
        <Section key={material.id} id={`material-${material.id}`} title={material.title} note="the candidate sees this" named>
          <div className="kit-material">
            <Suspense fallback={<Loading what="Opening the material" />}>
              <MaterialView material={material} />
            </Suspense>
          </div>
        </Section>
      ))}
      <Section id="findings" title="What can be found" panelOnly note="marks say how rarely it is found unasked">
        <ol className="kit-findings">
          {[...exercise.findings]
            .sort((a, b) => a.rarity - b.rarity)
            .map((finding) => (
              <li key={finding.title}>
                <div className="small muted">{rarityWords(finding)}</div>
                <div>
                  <b>{finding.title}</b>
                  <Prose text={finding.text} />
                </div>
              </li>
            ))}
        </ol>
      </Section>
      <Section id="follow-ups" title="Follow-ups" panelOnly note="any order, as they fit">
        <ul className="kit-plain-list">
          {exercise.follow_ups.map((followUp) => (
            <li key={followUp} className="reading pretty" dir="auto">
              {followUp}
            </li>
          ))}
        </ul>
      </Section>
      <Section id="levels" title="Levels" panelOnly note="for this exercise; the area’s rubric stays the measure">
        <dl className="kit-levels">
          {(["weak", "good", "excellent"] as const).map((level) => (
            <div key={level}>
              <dt>
                <LevelMark level={level} />
              </dt>
              <dd dir="auto">{exercise[level]}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </KitFrame>
  );
}

function rarityWords(finding: Finding): string {
  if (finding.rarity <= 1) return "expected";
  return finding.rarity === 2 ? "often missed" : "rarely seen";
}
