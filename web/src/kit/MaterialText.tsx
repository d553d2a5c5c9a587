// Material as plain numbered lines: exact, and easy to point at in a conversation.
import type { Material } from "../api/types";

export function MaterialText({ material }: { material: Material }) {
  const lines = material.text.replace(/\n$/u, "").split("\n");
  return (
    <div className="kit-code scroll" tabIndex={0} role="group" aria-label={material.title}>
      <ol>
        {lines.map((line, i) => (
          <li key={i}>
            <code>{line || " "}</code>
          </li>
        ))}
      </ol>
    </div>
  );
}
