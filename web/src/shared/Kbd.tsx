// A key as it is written on this reader's keyboard.
import { keyLabel } from "./keys/match";

export function Kbd({ name }: { name: string }) {
  return <kbd>{keyLabel(name)}</kbd>;
}
