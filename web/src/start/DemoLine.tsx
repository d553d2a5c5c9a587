// Says that sample data is loaded, and removes it in one step.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api/client";
import { useMe } from "../api/queries";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { ErrorNotice } from "../shared/states";

export function DemoLine() {
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const me = useMe().data;
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/api/demo")),
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries();
    },
  });
  return (
    <div className="start-demo small muted">
      The sample is loaded; its people and records are invented.{" "}
      {me?.person && me.person.role !== "interviewer" && (
        <button type="button" className="link" onClick={() => setAsking(true)}>
          Remove the sample
        </button>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Remove the sample?"
        actions={
          <>
            <Button kind="go" busy={remove.isPending && "Removing …"} onClick={() => remove.mutate()}>
              Remove it
            </Button>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
          </>
        }
      >
        <p>
          The sample’s opening, candidates, interviews and scorecards go, and so does anything that was added to them since.
          What you wrote elsewhere stays.
        </p>
        {remove.isError && <ErrorNotice error={remove.error} />}
      </Dialog>
    </div>
  );
}
