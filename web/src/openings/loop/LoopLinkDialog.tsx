// The candidate's link, from the loop's page. Whoever only plans the interview may make a link without reading the record;
// the list of earlier links belongs to the record, and stays with the people in it.
import { useQuery } from "@tanstack/react-query";
import type { InterviewLite } from "../../api/types";
import { interviewQuery } from "../../debrief/moment/Moment";
import { LinkDialog } from "../../shared/LinkDialog";

export function LoopLinkDialog({ interview, onClose }: { interview: InterviewLite; onClose: () => void }) {
  const known = useQuery({ ...interviewQuery(interview.id), retry: false });
  return <LinkDialog interview={interview.id} links={known.data?.links ?? []} onClose={onClose} />;
}
