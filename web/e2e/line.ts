// A line between a browser and the server that can be cut: what a browser calls offline leaves streams open that are open already.
import { createConnection, createServer, type Socket } from "node:net";
import { freePort } from "./server";

export interface Line {
  url: string;
  /** Every connection ends, and none can be made. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function lineTo(url: string): Promise<Line> {
  const there = new URL(url);
  const port = await freePort();
  const open = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = createConnection(Number(there.port), there.hostname);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => (open.delete(one), other.destroy()));
    }
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  const drop = () => open.forEach((one) => one.destroy());
  return {
    url: `http://127.0.0.1:${port}`,
    cut() {
      whole = false;
      drop();
    },
    mend() {
      whole = true;
    },
    close: () =>
      new Promise((done) => {
        drop();
        server.close(() => done());
      }),
  };
}
