// One A4 page: read on any screen, printed on one sheet. The type for paper is the largest that fits;
// when it would become too small, long quotations are shortened (they stand whole on screen).
import { type CSSProperties, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import "./sheet.css";

/** A4 less margins of 10 mm, and a little for rounding. */
const HEIGHT_MM = 275;

interface Fit {
  size_pt: number;
  /** Lines that a quotation may take; 0 for all. */
  clamp: number;
}

/** Largest first. Below 7.5 pt people stop reading, so that quotations are shortened before the type is. */
const fits: readonly Fit[] = [
  ...[9, 8.5, 8, 7.5].map((size_pt) => ({ size_pt, clamp: 0 })),
  ...[5, 4, 3, 2].map((clamp) => ({ size_pt: 7.5, clamp })),
  ...[7, 6.5, 6].map((size_pt) => ({ size_pt, clamp: 2 })),
];

export function Sheet({ label, children }: { label: string; children: ReactNode }) {
  const ref = useRef<HTMLElement>(null);
  const [fit, setFit] = useState<Fit>(fits[0] ?? { size_pt: 9, clamp: 0 });

  // After every change of the contents, and once the fonts are there: they change every line's length.
  useLayoutEffect(() => {
    const sheet = ref.current;
    if (!sheet) return;
    const choose = () => {
      const found = fits.find((one) => height_mm(sheet, one) <= HEIGHT_MM) ?? fits[fits.length - 1];
      if (found) setFit((before) => (before.size_pt === found.size_pt && before.clamp === found.clamp ? before : found));
    };
    choose();
    let gone = false;
    void document.fonts?.ready.then(() => {
      if (!gone) choose();
    });
    return () => {
      gone = true;
    };
  }, [children]);

  return (
    <article
      ref={ref}
      className="sheet"
      aria-label={label}
      data-clamp={fit.clamp}
      style={{ "--sheet-size": `${fit.size_pt}pt`, "--sheet-clamp": fit.clamp } as CSSProperties}
    >
      {children}
    </article>
  );
}

/** The height on paper: measured with the paper's width and type for a moment that nobody sees. */
function height_mm(sheet: HTMLElement, fit: Fit): number {
  const before = { size: sheet.style.getPropertyValue("--sheet-size"), clamp: sheet.dataset.clamp };
  sheet.classList.add("on-paper");
  sheet.style.setProperty("--sheet-size", `${fit.size_pt}pt`);
  sheet.style.setProperty("--sheet-clamp", String(fit.clamp));
  sheet.dataset.clamp = String(fit.clamp);
  const height_px = sheet.scrollHeight;
  sheet.classList.remove("on-paper");
  sheet.style.setProperty("--sheet-size", before.size);
  sheet.dataset.clamp = before.clamp;
  return (height_px / 96) * 25.4;
}
