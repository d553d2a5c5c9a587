// The places that the palette can go to from anywhere: sections, the seven areas, packs, exercises.
import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate } from "react-router";
import { kitQuery, useMe } from "../api/queries";
import { sections } from "../shared/sections";
import { type Action, useKeys } from "../shared/keys/useKeys";

export function Places() {
  const navigate = useNavigate();
  const me = useMe().data;
  const signedIn = Boolean(me?.person);
  // The kit says what breaks in which scenario; whoever operates in a drill is not sent it there.
  const drills = useLocation().pathname.startsWith("/drills/");
  const kit = useQuery({ ...kitQuery, enabled: signedIn && !drills }).data;
  const go = (id: string, name: string, to: string, group: string, keywords?: string): Action => ({
    id: `go.${id}`,
    name,
    key: null,
    group,
    keywords,
    run: () => void navigate(to),
  });
  const places: Action[] = signedIn
    ? [
        ...sections.map((section) => go(section.id, section.name, section.to, "Go to", "page")),
        go("drills", "Drills with your team", "/drills", "Go to", "practise operators game day"),
        ...(me?.person?.role === "admin" ? [go("people", "People and invitations", "/people", "Go to")] : []),
        ...(kit
          ? [
              go("principles", "Principles", "/kit/principles", "Kit"),
              go("compare", "The seven areas compared", "/kit/compare", "Kit"),
              ...kit.areas.map((area) =>
                go(`area.${area.id}`, `${area.number} ${area.title}`, `/kit/${area.id}`, "Kit", `${area.hook} ${area.short}`),
              ),
              go("across", "Asked of every record, regret probes", "/kit/across", "Kit", "trade-off T-shape"),
              ...kit.packs.map((pack) => go(`pack.${pack.id}`, pack.title, `/kit/packs/${pack.id}`, "Role packs")),
              ...kit.exercises.map((exercise) =>
                go(`exercise.${exercise.id}`, exercise.title, `/kit/exercises/${exercise.id}`, "Exercises"),
              ),
            ]
          : []),
      ]
    : [];
  useKeys(places);
  return null;
}
