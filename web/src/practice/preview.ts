// A file that somebody is writing, as `seatrial preview` tells of it: the last version that held, and what is wrong with the
// one that is there now. crates/cli/src/preview.rs writes what is read here.
import { useEffect, useState } from "react";
import type { Book, Choices, Question } from "../wasm/practice";

export interface Previewed {
  /** Counts the versions that held. */
  version: number;
  /** As its author calls it. */
  file: string;
  /** The last version that held; the same object as long as it is the same version. */
  book: Book | null;
  /** What is wrong, or worth a second look, as the command prints it. */
  said: string;
  /** Whether what stands in the file now is the version that is shown. */
  holds: boolean;
  /** The preview has ended, or does not answer. */
  gone: boolean;
}

/** Undefined where nothing is previewed; null until the first news has come. */
export function usePreview(live: string | null): Previewed | null | undefined {
  const [told, tell] = useState<Previewed | null>(null);
  useEffect(() => {
    if (live === null) return;
    const news = new EventSource(live);
    news.addEventListener("file", (event) => {
      const next = { ...(JSON.parse(event.data) as Omit<Previewed, "gone">), gone: false };
      // A preview that was started again counts from one; what it shows may still be what is here.
      tell((before) => (before && sameBook(before.book, next.book) ? { ...next, book: before.book } : next));
    });
    news.onerror = () => tell((before) => before && { ...before, gone: true });
    return () => news.close();
  }, [live]);
  return live === null ? undefined : told;
}

const sameBook = (one: Book | null, other: Book | null) => JSON.stringify(one) === JSON.stringify(other);

/** The answers that a changed scenario still knows. */
export function stillAnswers(decisions: Question[], choices: Choices): Choices {
  const known = (name: string, answer: string) =>
    decisions.some((one) => one.name === name && (one.between !== null || one.options.some((option) => option.name === answer)));
  return Object.fromEntries(Object.entries(choices).filter(([name, answer]) => known(name, answer)));
}
