// Puts fake rooms behind the browser's own fetch and EventSource, so that pages talk to them as to a server.
import type { FakeRoom } from "./fake";

/** `rooms`: by the address that their paths begin with. Everything else goes where it always went. */
export function stub(rooms: Record<string, FakeRoom>): void {
  const found = (url: string): [FakeRoom, string] | null => {
    const path = url.startsWith("http") ? url.slice(new URL(url).origin.length) : url;
    const base = Object.keys(rooms).find((one) => path.startsWith(`${one}/`));
    const room = base === undefined ? undefined : rooms[base];
    return room && base !== undefined ? [room, path.slice(base.length)] : null;
  };
  const realFetch = window.fetch.bind(window);
  window.fetch = (input, init) => {
    const hit = typeof input === "string" ? found(input) : null;
    return hit ? hit[0].answer(hit[1], init) : realFetch(input, init);
  };
  const Real = window.EventSource;
  class Fake extends EventTarget {
    #stop: (() => void) | null = null;
    constructor(room: FakeRoom) {
      super();
      queueMicrotask(() => {
        if (room.unreachable) return void this.dispatchEvent(new Event("error"));
        this.#stop = room.listen((name, data) => this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) })));
      });
    }
    close(): void {
      this.#stop?.();
    }
  }
  const Both = function (url: string) {
    const hit = found(url);
    return hit ? new Fake(hit[0]) : new Real(url);
  };
  Object.assign(window, { EventSource: Both });
}
