// Dates in a form: what `datetime-local` shows is the reader's own time, what is sent is a point in time.

/** `2026-11-26T09:30`, or "" for none. */
export function toField(at: string | null): string {
  if (!at) return "";
  const date = new Date(at);
  const pad = (n: number) => String(n).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** RFC 3339, or null when the field is empty or holds no date. */
export function fromField(text: string): string | null {
  if (!/^\d{4,6}-\d\d-\d\dT\d\d:\d\d/u.test(text)) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
