// Adding a candidate by name. The code is what lists and debriefs say; left empty, the server makes one
// that tells nothing about anybody.
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import type { Opening } from "../api/types";
import { Button } from "../shared/Button";
import { Field } from "../shared/Field";
import { ErrorNotice } from "../shared/states";
import { useAddCandidate } from "./api";

export function AddCandidate({ opening }: { opening: Opening }) {
  const add = useAddCandidate(opening.id);
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  if (opening.bar.written_at === null)
    return <p className="muted">Candidates come after the bar: a bar written after an interview says little. Write it first.</p>;
  if (opening.closed_at) return <p className="muted">This opening is closed.</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "") return;
    add.mutate(
      { name: name.trim(), code: code.trim() || null },
      { onSuccess: (made) => void navigate(`/loops/${made.loop_id}`) },
    );
  };
  return (
    <form className="add-candidate" onSubmit={submit} noValidate>
      <Field label="Candidate’s name" error={tried && name.trim() === "" ? "Write the candidate’s name." : undefined}>
        {(control) => (
          <input {...control} dir="auto" maxLength={200} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label="Code">
        {(control) => (
          <input
            {...control}
            className="input mono"
            maxLength={20}
            autoComplete="off"
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" busy={add.isPending && "Adding …"}>
        Add
      </Button>
      <p className="muted small">Lists and debriefs show the code; left empty, one is made that says nothing about anybody.</p>
      {add.isError && <ErrorNotice error={add.error} />}
    </form>
  );
}
