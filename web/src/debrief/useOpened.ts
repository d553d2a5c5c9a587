// Which lines this reader has opened in this debrief. Kept in this browser, so that a reload in the
// middle of an agenda item does not begin it anew.
import { useCallback, useState } from "react";
import { remembered } from "../shared/store";

export function useOpened(loop: string) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(read(loop)));
  const add = useCallback(
    (id: string) =>
      setOpened((before) => {
        if (before.has(id)) return before;
        const next = new Set([...before, id]);
        remembered.write(`opened/${loop}`, JSON.stringify([...next]));
        return next;
      }),
    [loop],
  );
  return { opened, add };
}

function read(loop: string): string[] {
  try {
    const kept: unknown = JSON.parse(remembered.read(`opened/${loop}`) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
