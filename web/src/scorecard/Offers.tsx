// Ours beside theirs, after two tabs (or two machines) changed the same part: what stands, what was
// set aside, and one press to put it back. Nothing is urgent here, and nothing is lost.
import type { Area, AreaScore } from "../api/types";
import { Button } from "../shared/Button";
import type { Offer } from "./drafts";
import type { Part } from "./merge";

interface OffersProps {
  area: Area;
  offers: Offer[];
  /** After submission an offer can only lead to an amendment. */
  submitted: boolean;
  onAccept: (offer: Offer) => void;
  onDismiss: (offer: Offer) => void;
}

export function Offers({ area, offers, submitted, onAccept, onDismiss }: OffersProps) {
  return offers.map((offer) => (
    <section key={offer.id} className="offer" role="status">
      <b>
        {submitted
          ? "Written here after the scorecard was submitted elsewhere"
          : "Another tab or machine changed the same part; its version stands"}
      </b>
      <dl>
        {offer.parts.map((part) => (
          <div key={part}>
            <dt>{partTitle(part, area)}</dt>
            <dd className="prose" dir="auto">
              {partText(part, offer.ours, area)}
            </dd>
          </div>
        ))}
      </dl>
      <span className="offer-do">
        <Button onClick={() => onAccept(offer)}>{submitted ? "Amend with this" : "Use this one instead"}</Button>
        <Button kind="quiet" onClick={() => onDismiss(offer)}>
          Let it go
        </Button>
      </span>
    </section>
  ));
}

function partTitle(part: Part, area: Area): string {
  if (part === "level") return "Level, yours";
  if (part === "confidence") return "Confidence, yours";
  if (part === "would_move") return "What would have moved it, yours";
  const row = area.rubric.behaviours.find((one) => part === `seen/${one.id}`);
  return row ? `${row.title}, yours` : "Evidence, yours";
}

function partText(part: Part, ours: AreaScore, area: Area): string {
  if (part === "level") return ours.decided ? (ours.level ?? "not assessed") : "none";
  if (part === "confidence") return ours.confidence ? `${ours.confidence} of 3` : "none";
  if (part === "would_move") return ours.would_move || "(empty)";
  if (part.startsWith("seen/")) {
    const mark = ours.seen.find((one) => part === `seen/${one.behaviour}`);
    const row = area.rubric.behaviours.find((one) => one.id === mark?.behaviour);
    return mark && row ? `${mark.level}: ${row[mark.level]}` : "no mark";
  }
  return ours.evidence.some((cited) => part === `evidence/${cited.entry}`) ? "cited" : "not cited";
}
