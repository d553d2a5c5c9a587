// Material as it is read: Markdown as prose, YAML as numbered lines, CSV as a table. Everything is
// built as elements from parsed text, so markup inside a text is shown and never becomes markup.
import { Fragment } from "react";
import type { Material } from "../api/types";
import { Markdown } from "./Markdown";
import { Sheet } from "./Sheet";
import "./material.css";

export function MaterialView({ material }: { material: Pick<Material, "title" | "format" | "text"> }) {
  switch (material.format) {
    case "markdown":
      return <Markdown text={material.text} />;
    case "csv":
      return <Sheet text={material.text} title={material.title} />;
    default:
      return <Lines text={material.text} title={material.title} />;
  }
}

/** Numbers are drawn beside the lines and are not part of what is selected or copied. */
function Lines({ text, title }: { text: string; title: string }) {
  const lines = text.replace(/\n$/u, "").split(/\r?\n/u);
  return (
    <pre className="lines scroll" tabIndex={0} aria-label={title} dir="ltr">
      <code>
        {lines.map((line, place) => (
          <Fragment key={place}>
            <span className="line" data-comment={/^\s*#/u.test(line) || undefined}>
              {line}
            </span>
            {"\n"}
          </Fragment>
        ))}
      </code>
    </pre>
  );
}
