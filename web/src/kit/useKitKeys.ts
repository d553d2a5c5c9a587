// Keys on every page of the kit: a digit opens an area, brackets turn the pages.
import { useNavigate } from "react-router";
import { useKitNow } from "../api/queries";
import { useKeys } from "../shared/keys/useKeys";

export function useKitKeys(at: string): void {
  const kit = useKitNow().data;
  const navigate = useNavigate();
  const pages = [
    "/kit",
    "/kit/principles",
    "/kit/compare",
    ...kit.areas.map((area) => `/kit/${area.id}`),
    "/kit/across",
    ...kit.plans.map((plan) => `/kit/scenarios/${plan.scenario}`),
    ...kit.packs.map((pack) => `/kit/packs/${pack.id}`),
    ...kit.exercises.map((exercise) => `/kit/exercises/${exercise.id}`),
  ];
  const here = pages.indexOf(at);
  const turn = (by: number) => {
    const to = pages[here + by];
    if (to) void navigate(to);
  };
  useKeys([
    ...kit.areas.map((area) => ({
      id: `kit.area-${area.number}`,
      name: `Read ${area.number} ${area.short}`,
      key: String(area.number),
      hint: "area",
      run: () => void navigate(`/kit/${area.id}`),
    })),
    { id: "kit.previous", name: "Previous page of the kit", key: "[", hint: "page back, on", when: here > 0, run: () => turn(-1) },
    { id: "kit.next", name: "Next page of the kit", key: "]", hint: "page back, on", when: here < pages.length - 1, run: () => turn(1) },
    { id: "kit.print", name: "Print this page", key: "Mod+p", run: () => window.print() },
  ]);
}
