// Query keys and the words of this folder.
import type { Role } from "../api/types";

export const peopleKey = ["people"] as const;
export const invitationsKey = ["invitations"] as const;

export const roles: readonly { value: Role; label: string; may: string }[] = [
  { value: "interviewer", label: "Interviewer", may: "holds interviews, scores, takes part in debriefs" },
  { value: "manager", label: "Manager", may: "also writes openings and bars, plans loops, records decisions" },
  { value: "admin", label: "Administrator", may: "also invites people and closes accounts" },
];

export const roleLabel = (role: Role): string => roles.find((candidate) => candidate.value === role)?.label ?? role;
