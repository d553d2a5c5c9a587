// One keeper for a page: it takes over what earlier tabs left, hears of other tabs, and sends at once
// when the page is left or the network returns.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { MyScorecard } from "../api/types";
import { connection } from "../shared/connection";
import { cardQuery, putArea } from "./api";
import { BrowserDrafts } from "./drafts";
import { Keeper } from "./keeper";

const clock = {
  now: () => Date.now(),
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export function useKeeper(loop: string, person: string, card: MyScorecard) {
  const queries = useQueryClient();
  const [keeper] = useState(
    () =>
      new Keeper(
        card,
        { put: (area, base_rev, score) => putArea(loop, area, base_rev, score) },
        new BrowserDrafts(loop, person),
        clock,
        (acknowledged) => {
          queries.setQueryData(cardQuery(loop).queryKey, acknowledged);
          tellOthers(loop, acknowledged.rev);
        },
      ),
  );
  const state = useSyncExternalStore(keeper.subscribe, keeper.read);

  useEffect(() => keeper.adopt(card), [keeper, card]);
  useEffect(() => {
    void keeper.takeLeftovers();
    const leave = () => {
      if (document.visibilityState === "hidden") void keeper.flush();
    };
    document.addEventListener("visibilitychange", leave);
    let online = connection.get().online;
    const offConnection = connection.subscribe(() => {
      const now = connection.get().online;
      if (now && !online) void keeper.flush();
      online = now;
    });
    return () => {
      document.removeEventListener("visibilitychange", leave);
      offConnection();
      // Not stopped: what waits is sent although the reader has gone to another page.
      void keeper.flush();
    };
  }, [keeper]);
  useEffect(() => {
    if (typeof BroadcastChannel === "undefined") return;
    const channel = new BroadcastChannel(channelName(loop));
    channel.onmessage = (message: MessageEvent<number>) => {
      if (message.data > keeper.state.card.rev) void queries.invalidateQueries({ queryKey: cardQuery(loop).queryKey });
    };
    return () => channel.close();
  }, [keeper, loop, queries]);
  return { keeper, state };
}

const channelName = (loop: string) => `seatrial.scorecard/${loop}`;

function tellOthers(loop: string, rev: number): void {
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(channelName(loop));
  channel.postMessage(rev);
  channel.close();
}
