// The marks of the panel: level, confidence, difficulty, areas heard. Every mark has a word beside it
// or is spoken as one. Nothing but a level may look like a square, and none of them has a colour.
import type { Level } from "../api/types";

const levelWords = { weak: "weak", good: "good", excellent: "excellent", none: "not assessed" } as const;

interface LevelMarkProps {
  /** null: not assessed. */
  level: Level | null;
  /** Another word than the level's own, such as "not seen". */
  word?: string;
  /** Draw the square alone; the word is then spoken only. */
  bare?: boolean;
  big?: boolean;
  className?: string;
}

export function LevelMark({ level, word, bare = false, big = false, className }: LevelMarkProps) {
  const said = word ?? levelWords[level ?? "none"];
  const classes = ["level", big && "big", level === null && "muted", className].filter(Boolean).join(" ");
  return (
    <span className={classes}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        {level === "excellent" ? (
          <rect width="12" height="12" fill="currentColor" />
        ) : (
          <rect
            x="0.75"
            y="0.75"
            width="10.5"
            height="10.5"
            fill="none"
            stroke="currentColor"
            strokeWidth={level === null ? 1.2 : 1.5}
            strokeDasharray={level === null ? "2.1 2.1" : undefined}
            strokeDashoffset={level === null ? 1.05 : undefined}
          />
        )}
        {level === "good" && <rect x="1" y="6" width="10" height="5" fill="currentColor" />}
      </svg>
      <span className={bare ? "vh" : undefined}>{said}</span>
    </span>
  );
}

export const confidenceWords = { 1: "a guess", 2: "fairly sure", 3: "sure" } as const;

interface ConfidenceMarkProps {
  confidence: 1 | 2 | 3;
  bare?: boolean;
}

export function ConfidenceMark({ confidence, bare = false }: ConfidenceMarkProps) {
  return (
    <span className="confidence">
      <svg viewBox="0 0 16 10" aria-hidden="true">
        {[1, 2, 3].map((n) =>
          n <= confidence ? (
            <rect key={n} x={(n - 1) * 6} width="4" height="10" fill="currentColor" />
          ) : (
            <rect
              key={n}
              x={(n - 1) * 6 + 0.5}
              y="0.5"
              width="3"
              height="9"
              fill="none"
              stroke="currentColor"
              strokeWidth="1"
              opacity="0.6"
            />
          ),
        )}
      </svg>
      <span className={bare ? "vh" : undefined}>{confidenceWords[confidence]}</span>
    </span>
  );
}

/** How hard an area is to assess well, 1 to 5. The words beside it are the caller's. */
export function Difficulty({ value }: { value: number }) {
  return (
    <span className="difficulty" role="img" aria-label={`${value} of 5`}>
      <span style={{ width: `${(Math.min(5, Math.max(0, value)) / 5) * 100}%` }} />
    </span>
  );
}

/** Which of the seven areas a candidate was heard on. */
export function SevenHeard({ heard }: { heard: { area: string; heard: boolean }[] }) {
  const yes = heard.filter((area) => area.heard).length;
  return (
    <span className="seven" role="img" aria-label={`${yes} of ${heard.length} areas heard`}>
      {heard.map((area) => (
        <i key={area.area} className={area.heard ? "heard" : undefined} />
      ))}
    </span>
  );
}
