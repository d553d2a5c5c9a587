// The address of a moment, read and written: which take, where in it, and whose history stands open.

/** A moment that was sent is shown from this long before it. */
export const LEAD_NS = 15e9;

export interface Address {
  room: string;
  n: number;
  /** The moment; null: the room's beginning. */
  v: number | null;
  seq: number | null;
  /** What to look for, such as `8123`. */
  key: string | null;
}

const whole = (text: string | null): number | null => (text !== null && /^\d{1,16}$/u.test(text) ? Number(text) : null);

export function addressOf(room: string, n: string, search: URLSearchParams): Address {
  const key = search.get("key")?.trim();
  return { room, n: whole(n) ?? 1, v: whole(search.get("at")), seq: whole(search.get("seq")), key: key ? key : null };
}

export function pathOf({ room, n, v, seq, key }: Omit<Address, "v" | "seq" | "key"> & Partial<Address>, page: "" | "/what-if" | "/story" = ""): string {
  const search = new URLSearchParams();
  if (v != null) search.set("at", String(Math.round(v)));
  if (seq != null) search.set("seq", String(seq));
  if (key) search.set("key", key);
  const query = search.toString();
  return `/rooms/${encodeURIComponent(room)}/takes/${n}${page}${query ? `?${query}` : ""}`;
}

/** Where a film opens: a moment with what led to it, else the beginning. */
export function opensAt(moment: number | null, opens: number): number {
  return moment === null ? opens : Math.max(opens, moment - LEAD_NS);
}

/** `no_answer:again_same,wait:1s`, and back. */
export function choicesOf(text: string | null): Record<string, string> {
  const pairs = (text ?? "").split(",").flatMap((one): [string, string][] => {
    const at = one.indexOf(":");
    return at > 0 && at < one.length - 1 ? [[one.slice(0, at), one.slice(at + 1)]] : [];
  });
  return Object.fromEntries(pairs);
}

export const choicesText = (choose: Record<string, string>): string =>
  Object.entries(choose)
    .map(([decision, answer]) => `${decision}:${answer}`)
    .join(",");
