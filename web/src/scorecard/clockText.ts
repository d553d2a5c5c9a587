// A moment as people write it: `28:10`, `28.10`, `5` (minutes), `1:02:00`.

/** Milliseconds, or null when it cannot be read. */
export function readClock(text: string): number | null {
  const parts = text.trim().split(/[:.]/u);
  if (parts.length === 0 || parts.length > 3 || !parts.every((part) => /^\d{1,3}$/u.test(part))) return null;
  const numbers = parts.map(Number);
  if (numbers.slice(1).some((part) => part > 59)) return null;
  if (numbers.length === 1) return (numbers[0] ?? 0) * 60_000;
  return numbers.reduce((total, part) => total * 60 + part, 0) * 1000;
}
