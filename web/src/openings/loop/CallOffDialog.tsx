// An interview that was planned will not be held: what that does, and why it is so.
import type { InterviewLite } from "../../api/types";
import { ReasonDialog } from "../../shared/ReasonDialog";
import { useCallOff } from "../api";

interface CallOffDialogProps {
  loop: string;
  interview: InterviewLite;
  onClose: () => void;
}

export function CallOffDialog({ loop, interview, onClose }: CallOffDialogProps) {
  const callOff = useCallOff(loop, interview.id);
  return (
    <ReasonDialog
      title={`Call off “${interview.title}”?`}
      go="Call it off"
      going="Calling it off …"
      stay="Keep it"
      lacks="Say why it will not be held."
      pending={callOff.isPending}
      error={callOff.error}
      onGo={(reason) => callOff.mutate(reason, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        It cannot be started any more, the candidate’s links to it open nothing, and nobody owes a scorecard for it. Its areas
        stay unassessed unless another interview asks about them. This cannot be taken back, and is shown as a deviation in the
        debrief.
      </p>
    </ReasonDialog>
  );
}
