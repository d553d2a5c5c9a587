// `\`: everything that only the panel may see is hidden in one frame, because people share the wrong
// window. Done on the root element itself and not through a render; kept over a reload of the tab.
const KEY = "seatrial.veil";
const ATTRIBUTE = "data-veil";
let title_before: string | null = null;

export function isVeiled(): boolean {
  return document.documentElement.hasAttribute(ATTRIBUTE);
}

export function toggleVeil(): void {
  if (isVeiled()) lift();
  else drop();
}

function drop(): void {
  document.documentElement.setAttribute(ATTRIBUTE, "");
  // The tab's title names the area, and a shared window shows it.
  title_before = document.title;
  document.title = "Seatrial";
  remember(true);
}

function lift(): void {
  document.documentElement.removeAttribute(ATTRIBUTE);
  if (title_before !== null) document.title = title_before;
  title_before = null;
  remember(false);
}

/** For the page that can be veiled: brings the veil back after a reload, and lifts it on leaving. */
export function guardVeil(): () => void {
  if (recall() && !isVeiled()) drop();
  return () => {
    document.documentElement.removeAttribute(ATTRIBUTE);
    title_before = null;
    remember(false);
  };
}

function remember(veiled: boolean): void {
  try {
    if (veiled) sessionStorage.setItem(KEY, "1");
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without storage the veil ends with the page.
  }
}

function recall(): boolean {
  try {
    return sessionStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}
