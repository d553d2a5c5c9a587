// Finds the take of an address, or says in a page of its own why there is none.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { statusOf } from "../api/problem";
import type { components } from "../api/schema";
import { NotFound } from "../app/NotFound";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { takesQuery } from "./api";

type RoomTakes = components["schemas"]["RoomTakes"];
export type Take = RoomTakes["takes"][number];

interface Props {
  room: string;
  /** The number of a take; null: the newest that began from the start. */
  n: number | null;
  children: (found: { take: Take; room: RoomTakes }) => ReactNode;
}

export function TakeOf({ room, n, children }: Props) {
  const takes = useQuery(takesQuery(room));
  if (statusOf(takes.error) === 404) return <NotFound what="There is no such room, or it is not yours to see." />;
  if (takes.isError) {
    return (
      <Page title="Room">
        <div className="wrap plain-page">
          <h1 className="title">The room could not be opened.</h1>
          <ErrorNotice error={takes.error} retry={() => void takes.refetch()} />
        </div>
      </Page>
    );
  }
  if (!takes.data) {
    return (
      <Page title="Room">
        <div className="wrap">
          <Loading what="Opening the room" />
        </div>
      </Page>
    );
  }
  const { takes: all } = takes.data;
  const take = n === null ? (all.findLast((one) => one.of === null) ?? all.at(-1)) : all.find((one) => one.n === n);
  if (!take) return <NotFound what="This room has no such take." />;
  return children({ take, room: takes.data });
}
