// The two drawings of a picture: how large their parts are. Neither is the other one scaled: letters stay as large as they are.
import type { Sizes } from "../../system/layout";

export const WIDE: Sizes = {
  edge: 16,
  gutter: 92,
  box: 132,
  store: 112,
  storeFree: 132,
  queues: { more: 1.3, last: 0.7 },
  heights: { service: 56, provider: 56, topic: 92, client: 56, store: 36 },
  margin: 20,
  gaps: [30, 40],
};
export const WIDE_HEIGHT = 392;

export const NARROW: Sizes = {
  edge: 12,
  gutter: 68,
  box: 112,
  store: 92,
  storeFree: 112,
  queues: { more: 1.3, last: 0.7 },
  heights: { service: 48, provider: 48, topic: 76, client: 48, store: 32 },
  margin: 17,
  gaps: [22, 32],
};
export const NARROW_HEIGHT = 304;

/** Messages at which the bar of a queue is full. Fixed, so that the same length is always as many. */
export const QUEUE_FULL = 5_000;

/** Below this much room the narrow drawing is used. */
export const WIDE_FROM = 860;
/** Beyond this, more room makes the picture no clearer. */
export const WIDEST = 1_240;

/** What a text of small type takes, in pixels: digits are tabular, some letters thin and some wide. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text)
    width += /\d/u.test(letter)
      ? 7.2
      : /[ .,:;|'’iljtfr()/]/u.test(letter)
        ? 3.7
        : /[mwMW%–]/u.test(letter)
          ? 9.8
          : /[A-Z+−]/u.test(letter)
            ? 7.6
            : 6.5;
  return width;
}

/** As much of a text as fits. */
export function fitted(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  for (let end = text.length - 1; end >= 4; end -= 1) {
    const part = `${text.slice(0, end).trimEnd()}…`;
    if (widthOf(part) <= room) return part;
  }
  return "";
}
