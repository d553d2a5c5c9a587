// A value to be copied whole, such as a link: selectable, and copied by one press where that is allowed.
import { useId, useRef, useState } from "react";
import { Button } from "./Button";

interface CopyLineProps {
  label: string;
  value: string;
}

export function CopyLine({ label, value }: CopyLineProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(value);
      setSaid("Copied.");
    } catch {
      // Without a secure address the browser refuses; the text is selected, so the keyboard can copy.
      setSaid("Selected: copy it with your keyboard.");
    }
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="copy-line">
        <input
          id={id}
          ref={field}
          className="input mono"
          readOnly
          value={value}
          onFocus={(event) => event.target.select()}
        />
        <Button onClick={() => void copy()}>Copy</Button>
      </div>
      <span className="field-hint" role="status">
        {said}
      </span>
    </div>
  );
}
