// An interview held alone is given to a candidate of an opening, known or new, before it is scored.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../../api/client";
import { Button } from "../../shared/Button";
import { Dialog } from "../../shared/Dialog";
import { Field } from "../../shared/Field";
import { Empty, ErrorNotice, Loading } from "../../shared/states";
import { useDesk } from "../desk/desk";

const NEW = "new";

export function AttachDialog() {
  const { interview, open } = useDesk();
  const queries = useQueryClient();
  const openings = useQuery({ queryKey: ["openings"], queryFn: () => answer(api.GET("/api/openings")) });
  const [opening, setOpening] = useState("");
  const [loop, setLoop] = useState(NEW);
  const [name, setName] = useState(interview.candidate_name);
  const chosen = openings.data?.find((one) => one.id === opening);
  const attach = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/interviews/{id}/attach", {
          params: { path: { id: interview.id } },
          body: loop === NEW ? { opening_id: opening, name: name.trim() } : { loop_id: loop },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries();
      open(null);
    },
  });
  const ready = chosen !== undefined && (loop !== NEW || name.trim() !== "");
  return (
    <Dialog open onClose={() => open(null)} title="Attach to an opening">
      {openings.isPending && <Loading what="Loading openings" />}
      {openings.isError && <ErrorNotice error={openings.error} retry={() => void openings.refetch()} />}
      {openings.data?.length === 0 && (
        <Empty title="There is no opening yet.">
          <span>A hiring manager makes one under Openings; until then this interview stands alone.</span>
        </Empty>
      )}
      {openings.data && openings.data.length > 0 && (
        <form
          className="attach-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) attach.mutate();
          }}
        >
          <Field label="Opening">
            {(control) => (
              <select
                {...control}
                value={opening}
                onChange={(event) => {
                  setOpening(event.target.value);
                  setLoop(NEW);
                }}
              >
                <option value="">Choose one</option>
                {openings.data.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.title}, {one.team}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {chosen && (
            <Field label="Candidate">
              {(control) => (
                <select {...control} value={loop} onChange={(event) => setLoop(event.target.value)}>
                  {chosen.loops.map((one) => (
                    <option key={one.id} value={one.id}>
                      {one.code} {one.name}
                    </option>
                  ))}
                  <option value={NEW}>Somebody new</option>
                </select>
              )}
            </Field>
          )}
          {chosen && loop === NEW && (
            <Field label="Name">
              {(control) => <input {...control} dir="auto" value={name} onChange={(event) => setName(event.target.value)} />}
            </Field>
          )}
          {chosen && chosen.bar_written_at === null && (
            <p className="small muted pretty">
              This opening has no bar yet. One that is written later is younger than this interview, and the debrief will
              say so.
            </p>
          )}
          {attach.isError && <ErrorNotice error={attach.error} />}
          <div className="change-deeds">
            <Button kind="go" type="submit" busy={attach.isPending && "Attaching …"} aria-disabled={!ready || undefined}>
              Attach
            </Button>
            <Button onClick={() => open(null)}>Not now</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
