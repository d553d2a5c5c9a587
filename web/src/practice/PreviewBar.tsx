// Which file is shown, and what is wrong with it as it stands, in the words of the terminal.
import type { Previewed } from "./preview";

export function PreviewBar({ preview }: { preview: Previewed }) {
  const { file, version, said, holds, gone, book } = preview;
  return (
    <section className="px-preview" aria-label="Preview">
      <p role="status">
        <span className="mono">{file}</span> <span className="muted">{state()}</span>
      </p>
      {said && (
        // Too long lines are scrolled to, so the keyboard must reach it.
        <pre className="mono" role={holds ? undefined : "alert"} tabIndex={0} aria-label={holds ? "Warnings" : "Mistakes"}>
          {said}
        </pre>
      )}
    </section>
  );

  function state(): string {
    if (gone) return "The preview has ended; start it again, and this page goes on.";
    if (!holds) return book ? `has mistakes; version ${version}, the last that held, is shown` : "has mistakes; nothing can be shown yet";
    return `version ${version}, as saved`;
  }
}
