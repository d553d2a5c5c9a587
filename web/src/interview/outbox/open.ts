// One outbox per person and tab, wired to this browser: IndexedDB, Web Locks, BroadcastChannel, and
// the events after which sending is worth another try.
import type { Id } from "../../api/types";
import { openStore, type Store } from "./db";
import { deliverAs } from "./deliver";
import { Outbox, type Wire, type Word } from "./outbox";

export interface Opened {
  outbox: Outbox;
  store: Store;
  wire: Wire;
}

const opened = new Map<Id, Promise<Opened>>();

/** Opened once; it goes on sending after the interview's page was left. */
export function outboxOf(person: Id): Promise<Opened> {
  let kit = opened.get(person);
  if (!kit) {
    kit = open(person);
    opened.set(person, kit);
  }
  return kit;
}

async function open(person: Id): Promise<Opened> {
  const store = await openStore();
  const wire = channel(`seatrial-kept:${person}`);
  const outbox = new Outbox({ person, store, deliver: deliverAs(person), alone: alone(person), wire });
  await outbox.open().catch(() => undefined);
  window.addEventListener("online", () => outbox.wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") outbox.wake();
  });
  return { outbox, store, wire };
}

/**
 * Web Locks want a secure context. On a plain address of the local network there are none; then two
 * tabs may send the same entry, which the server takes once because the id is the same.
 */
function alone(person: Id): <T>(work: () => Promise<T>) => Promise<T> {
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) return (work) => work();
  return <T>(work: () => Promise<T>) => locks.request(`seatrial-kept:${person}`, work) as Promise<T>;
}

function channel(name: string): Wire {
  if (typeof BroadcastChannel === "undefined") return { post: () => undefined, listen: () => () => undefined };
  const line = new BroadcastChannel(name);
  return {
    post: (word) => line.postMessage(word),
    listen(hear) {
      const on = (event: MessageEvent<Word>) => hear(event.data);
      line.addEventListener("message", on);
      return () => line.removeEventListener("message", on);
    },
  };
}
