// What a scenario is held as: as it is written, or as one of its variations.
import type { components } from "../api/schema";
import { Field } from "../shared/Field";

interface HeldAsProps {
  variations: readonly components["schemas"]["ScenarioVariation"][];
  chosen: string | undefined;
  onChoose: (name: string | undefined) => void;
}

export function HeldAs({ variations, chosen, onChoose }: HeldAsProps) {
  if (variations.length === 0) return null;
  const says = variations.find(({ name }) => name === chosen)?.says;
  return (
    <Field label="Held as" hint={says ?? "For somebody who may have heard of it, hold it as something else."}>
      {(control) => (
        <select {...control} value={chosen ?? ""} onChange={(event) => onChoose(event.target.value || undefined)}>
          <option value="">as it is written</option>
          {variations.map(({ name }) => (
            <option key={name} value={name}>
              {name.replaceAll("_", " ")}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
