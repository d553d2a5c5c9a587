// A stream of server-sent events that a test speaks into.
export class Source extends EventTarget {
  static all: Source[] = [];
  closed = false;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    Source.all.push(this);
  }
  static last(): Source {
    const one = Source.all.at(-1);
    if (!one) throw new Error("Nobody listens.");
    return one;
  }
  close(): void {
    this.closed = true;
  }
  say(name: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }
  fail(): void {
    this.dispatchEvent(new Event("error"));
  }
}
