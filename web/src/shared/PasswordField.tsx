// A password that can be looked at while it is typed.
import { useState } from "react";
import { Field } from "./Field";
import "./password.css";

interface PasswordFieldProps {
  label: string;
  hint?: string;
  autoComplete: "current-password" | "new-password";
  value: string;
  onChange: (value: string) => void;
}

export function PasswordField({ label, hint, autoComplete, value, onChange }: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <div className="password">
      <Field label={label} hint={hint}>
        {(control) => (
          <input
            {...control}
            type={shown ? "text" : "password"}
            autoComplete={autoComplete}
            required
            spellCheck={false}
            autoCapitalize="none"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <button type="button" className="link small" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? "Hide" : "Show"}
        <span className="vh"> the password</span>
      </button>
    </div>
  );
}
