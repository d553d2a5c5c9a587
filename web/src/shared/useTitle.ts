// The document's title. Screen readers announce it and tabs show it, so every page sets one.
import { useEffect } from "react";

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "Seatrial" ? title : `${title} · Seatrial`;
  }, [title]);
}
