// A form's draft that outlives a closed tab: kept in this browser until it is saved or given up.
import { useCallback, useState } from "react";
import { remembered } from "../shared/store";

/** `basis` is what the draft began from; a draft of another basis (changed by others meanwhile) is left aside. */
export function useKept<Value>(place: string, basis: string) {
  const [value, setValue] = useState<Value | null>(() => read<Value>(place, basis));
  const set = useCallback(
    (next: Value | null) => {
      remembered.write(place, next === null ? null : JSON.stringify({ basis, value: next }));
      setValue(next);
    },
    [place, basis],
  );
  return [value, set] as const;
}

function read<Value>(place: string, basis: string): Value | null {
  try {
    const kept = JSON.parse(remembered.read(place) ?? "null") as { basis?: string; value?: Value } | null;
    return kept && kept.basis === basis ? (kept.value ?? null) : null;
  } catch {
    return null;
  }
}
