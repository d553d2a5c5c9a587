// A note written down after the interview: from paper, or from memory, and said to be so by its time
// of arrival. It enters the interview's record like any other and can then be cited.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Area, InterviewLite, NoteKind } from "../api/types";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { Field } from "../shared/Field";
import { Segmented } from "../shared/Segmented";
import { ErrorNotice } from "../shared/states";
import { clock, shortDate } from "../shared/time";
import { addNote, cardQuery, newNoteId } from "./api";
import { readClock } from "./clockText";

interface AddNoteProps {
  loop: string;
  area: Area;
  interviews: InterviewLite[];
  open: boolean;
  onClose: () => void;
}

const kinds: readonly { value: NoteKind; label: string }[] = [
  { value: "said", label: "said" },
  { value: "did", label: "did" },
  { value: "reading", label: "my reading" },
];

export function AddNote({ loop, area, interviews, open, onClose }: AddNoteProps) {
  const queries = useQueryClient();
  const begun = interviews.filter((one) => one.state !== "planned" && one.state !== "called_off");
  const likely = begun.find((one) => one.areas.includes(area.id)) ?? begun[0];
  const [id, setId] = useState(newNoteId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [kind, setKind] = useState<NoteKind>("said");
  const [text, setText] = useState("");
  const [moment, setMoment] = useState("");
  const [tried, setTried] = useState(false);
  const interview = begun.find((one) => one.id === chosen) ?? likely;
  const at_ms = readClock(moment);
  const send = useMutation({
    mutationFn: () =>
      addNote(id, {
        interview: interview?.id ?? "",
        at_ms: at_ms ?? interview?.elapsed_ms ?? 0,
        kind,
        text: text.trim(),
        area: area.id,
      }),
    onSuccess: async () => {
      setText("");
      setMoment("");
      setTried(false);
      setId(newNoteId());
      onClose();
      await queries.invalidateQueries({ queryKey: cardQuery(loop).queryKey });
    },
  });
  const momentError = tried && moment.trim() !== "" && at_ms === null ? "Write minutes and seconds, such as 28:10." : undefined;
  const textError = tried && text.trim() === "" ? "Write what was said or done." : undefined;
  const go = () => {
    setTried(true);
    if (text.trim() !== "" && (moment.trim() === "" || at_ms !== null)) send.mutate();
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Add a note from paper"
      actions={
        begun.length > 0 && (
          <>
            <Button kind="go" busy={send.isPending && "Adding …"} onClick={go}>
              Add the note
            </Button>
            <span className="muted small">The record keeps when it arrived.</span>
          </>
        )
      }
    >
      {begun.length === 0 ? (
        <p>No interview of this loop has begun. Start its clock first; then a note has a moment to stand at.</p>
      ) : (
        <>
          {begun.length > 1 && (
            <Field label="Interview">
              {(control) => (
                <select {...control} value={interview?.id} onChange={(event) => setChosen(event.target.value)}>
                  {begun.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.title}
                      {one.started_at ? `, ${shortDate(one.started_at)}` : ""}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <Segmented legend="Kind" showLegend choices={kinds} value={kind} onChange={setKind} />
          <Field label="Note" error={textError}>
            {(control) => (
              <textarea {...control} rows={4} dir="auto" value={text} onChange={(event) => setText(event.target.value)} />
            )}
          </Field>
          <Field
            label="Moment"
            hint={`Minutes and seconds on the interview’s clock. Left empty: the end, ${clock(interview?.elapsed_ms ?? 0)}.`}
            error={momentError}
          >
            {(control) => (
              <input
                {...control}
                className="input moment-input"
                inputMode="text"
                placeholder="28:10"
                value={moment}
                onChange={(event) => setMoment(event.target.value)}
              />
            )}
          </Field>
          {send.isError && <ErrorNotice error={send.error} />}
        </>
      )}
    </Dialog>
  );
}
