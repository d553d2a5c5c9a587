// Where one lands when a run has ended: on what it came to. A phone shows one thing at a time, and whoever pressed Run there
// saw nothing happen; and a button that has just become disabled must not take the keyboard's place on the page with it.
import { useEffect, useRef } from "react";

const narrow = () => matchMedia("(max-width: 1099px)").matches;

/** `made`: the newest run. `onto`: the heading that its result stands under. */
export function useArrival(made: number, onto: string, quiet: boolean) {
  const pressed = useRef(false);
  const seen = useRef(made);
  useEffect(() => {
    if (made === seen.current) return;
    seen.current = made;
    const heading = document.getElementById(onto);
    const byButton = pressed.current;
    pressed.current = false;
    if (!heading || quiet || made === 0) return;
    if (narrow()) {
      heading.focus({ preventScroll: true });
      // The strips above measure themselves first, and grow; two frames later everything has its place.
      requestAnimationFrame(() => requestAnimationFrame(() => heading.scrollIntoView({ block: "start" })));
    } else if (byButton) heading.focus({ preventScroll: onto === "history" });
  }, [made, onto, quiet]);
  return { press: () => (pressed.current = true) };
}
