// The same customers from the start, in another take: asked first, because the take that runs ends for everybody who is in it.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { useDesk } from "../../interview/desk/desk";
import { Button } from "../../shared/Button";
import { Dialog } from "../../shared/Dialog";
import { ErrorNotice } from "../../shared/states";
import { useRoom } from "../session/hooks";

export function AgainDialog({ onClose }: { onClose: () => void }) {
  const { interview } = useDesk();
  const queries = useQueryClient();
  const take = useRoom((state) => state.hello.take);
  const again = useMutation({
    mutationFn: () => answer(api.POST("/api/takes/{id}/again", { params: { path: { id: take.id } } })),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ["interview", interview.id] });
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title="The same customers again?"
      actions={
        <>
          <Button kind="go" busy={again.isPending && "Beginning …"} onClick={() => again.mutate()}>
            Begin take {take.n + 1}
          </Button>
          <Button onClick={onClose}>Stay here</Button>
        </>
      }
    >
      <p className="pretty">
        Another take begins at 0:00 with the same seed: the same customers come at the same moments, and nothing is decided yet. The candidate’s page
        moves there by itself. This take stays as it is, to be replayed and cited.
      </p>
      {again.isError && <ErrorNotice error={again.error} />}
    </Dialog>
  );
}
