// What the kit stands for, to be read before the first interview.
import { useKitNow } from "../api/queries";
import { KitFrame } from "./KitFrame";
import { ArticleHead, Prose, Section } from "./parts";

export function PrinciplesPage() {
  const kit = useKitNow().data;
  return (
    <KitFrame
      title="Principles"
      at="/kit/principles"
      sections={kit.principles.map((principle) => ({ id: principle.id, title: principle.title }))}
    >
      <ArticleHead eyebrow="Before you begin" title="Principles" />
      {kit.principles.map((principle) => (
        <Section key={principle.id} id={principle.id} title={principle.title}>
          <Prose className="kit-reading" text={principle.text} />
        </Section>
      ))}
    </KitFrame>
  );
}
