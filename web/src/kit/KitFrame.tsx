// The frame of every page of the kit: contents at the left, one measure of text, planning facts at
// the right. On a phone the contents fold behind a button.
import { type ReactNode, useState } from "react";
import { useKitNow } from "../api/queries";
import { openPalette } from "../shared/keys/open";
import { useKeyName } from "../shared/keys/useKeys";
import { Kbd } from "../shared/Kbd";
import { Page } from "../shared/Page";
import { type TocSection, Toc } from "./Toc";
import { useKitKeys } from "./useKitKeys";
import "./kit.css";

interface KitFrameProps {
  title: string;
  /** The address of the entry that is current in the contents. */
  at: string;
  /** What stands on a phone beside "Contents". */
  short?: string;
  /** Sections of this page, listed under its entry. */
  sections?: readonly TocSection[];
  margin?: ReactNode;
  /** The text may run over the margin's column too. */
  wide?: boolean;
  children: ReactNode;
}

export function KitFrame({ title, at, short, sections, margin, wide, children }: KitFrameProps) {
  const kit = useKitNow();
  const [open, setOpen] = useState(false);
  useKitKeys(at);
  const version = (
    <>
      <span className="small wide-only">
        <span className="mono">{kit.data.id}</span> {kit.data.version},{" "}
        <span className="mono">{kit.data.hash.slice(0, 7)}</span>
      </span>
      <FindButton />
    </>
  );
  return (
    <Page title={title} section="kit" barEnd={version} className="kit">
      <div className="kit-mobile">
        <b>{short ?? title}</b>
        <button type="button" className="link" aria-expanded={open} aria-controls="kit-toc" onClick={() => setOpen(!open)}>
          {open ? "Close" : "Contents"}
        </button>
      </div>
      <div className={["kit-columns", wide && "kit-wide"].filter(Boolean).join(" ")}>
        <nav id="kit-toc" className={open ? "kit-toc open" : "kit-toc"} aria-label="Kit">
          <Toc kit={kit.data} at={at} sections={sections} onGo={() => setOpen(false)} />
        </nav>
        <article className="kit-article">{children}</article>
        {margin && (
          <aside className="kit-margin" aria-label="At a glance">
            <div>{margin}</div>
          </aside>
        )}
      </div>
    </Page>
  );
}

function FindButton() {
  const key = useKeyName({ id: "layer.palette", key: "/" });
  return (
    <button type="button" className="small wide-only kit-find" onClick={openPalette}>
      Find {key && <Kbd name={key} />}
    </button>
  );
}
