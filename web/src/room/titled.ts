// A fault by the plan's name for it. The room's log knows the scenario's own: `settle_db_down`, said as "settle db down".
import type { FaultDef } from "./wire";

export type Called = Pick<FaultDef, "name" | "title">;

export const titled = (text: string, faults: readonly Called[]): string =>
  faults.reduce((said, one) => said.replace(one.name.replaceAll(/[_-]/g, " "), one.title), text);
