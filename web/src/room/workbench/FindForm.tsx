// How traces and log lines are looked for: a text, a service, and whatever else narrows.
import type { FormEvent, ReactNode } from "react";
import { servicesOf } from "./services";
import { useRoom } from "../session/hooks";

interface Props {
  id: string;
  label: string;
  placeholder: string;
  mono?: boolean;
  text: string;
  onText: (text: string) => void;
  service: string;
  onService: (service: string) => void;
  onFind: () => void;
  children: ReactNode;
}

export function FindForm({ id, label, placeholder, mono, text, onText, service, onService, onFind, children }: Props) {
  const drawn = useRoom((state) => state.hello.picture);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFind();
  };
  return (
    <form className="rm-find" role="search" onSubmit={submit}>
      <label>
        <span className="muted">Find</span>
        <input
          id={id}
          className={mono ? "input mono" : "input"}
          aria-label={label}
          placeholder={placeholder}
          value={text}
          onChange={(event) => onText(event.target.value)}
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <select className="input" aria-label="Service" value={service} onChange={(event) => onService(event.target.value)}>
        <option value="">any service</option>
        {servicesOf(drawn).map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      {children}
      <button type="submit" className="btn">
        Find
      </button>
    </form>
  );
}
