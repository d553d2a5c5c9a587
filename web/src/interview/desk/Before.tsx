// Before the clock runs: what is ready and what is not, in words, and the button that starts it.
import { useMe } from "../../api/queries";
import { Button } from "../../shared/Button";
import { useKeyName } from "../../shared/keys/useKeys";
import { nearTime } from "../../shared/time";
import { CLOCK_KEY } from "./deskKeys";
import { useDesk, useView } from "./desk";
import { paperHref } from "./paper";

export function Before() {
  const { interview, deeds, may_write, me, open } = useDesk();
  const { live, durable, stream } = useView();
  const keyName = useKeyName(CLOCK_KEY);
  const rehearsal = interview.room?.rehearsal;
  const link = interview.links.find((one) => one.state === "open");
  const others = live.present.filter((one) => one.id !== me.id);
  const people = interview.people.filter((one) => one.person.id !== me.id);
  const minutes = interview.agenda.reduce((sum, phase) => sum + phase.minutes, 0);
  return (
    <section className="before" aria-labelledby="before-title">
      <div className="region-head">
        <h2 id="before-title">Before you start</h2>
        {interview.scheduled_at && <span className="muted small end">{nearTime(interview.scheduled_at)}</span>}
      </div>
      <dl className="checks">
        <dt>Plan</dt>
        <dd>
          {interview.agenda.length} phases, {minutes} minutes.{" "}
          {paperHref(interview).map((paper) => (
            <a key={paper.href} className="link" href={paper.href} target="_blank" rel="noreferrer">
              {paper.name}{" "}
            </a>
          ))}
        </dd>
        <dt>Candidate</dt>
        <dd>
          {rehearsal
            ? `Nobody: a script plays the reference design “${rehearsal}”, to rehearse with. What you note and score stays yours.`
            : live.candidate_present
            ? "Their page is open now."
            : link
              ? "The link is made; their page is not open yet."
              : interview.scenario
                ? "No link yet. It opens on the brief, days ahead if you like."
                : "No link yet; one is needed only to show material."}{" "}
          {may_write && !rehearsal && (
            <button type="button" className="link" onClick={() => open("link")}>
              {link ? "Links" : "Make a link"}
            </button>
          )}
        </dd>
        {interview.room && !rehearsal && <LinkReaches />}
        {interview.room && (
          <>
            <dt>Room</dt>
            <dd>
              Scenario, customers and seed are pinned since it was made; every take begins the same.
              {interview.room.variation && ` It is held as the variation “${interview.room.variation.replaceAll("_", " ")}”.`}
            </dd>
            {!rehearsal && (
              <>
                <dt>Tutorial</dt>
                <dd>
                  {interview.room.tutorial_opened
                    ? "They have opened it, so the page is not new to them."
                    : "They have not opened it. Give them two minutes with the page before you start."}
                </dd>
              </>
            )}
          </>
        )}
        <dt>Bar</dt>
        <dd dir="auto">
          {interview.opening
            ? `${interview.opening.title}, ${interview.opening.team}: as written for ${interview.opening.seniority_title}.`
            : "None: this interview belongs to no opening. It can be attached to one before it is scored."}
        </dd>
        <dt>Here</dt>
        <dd dir="auto">
          {others.length > 0 ? `You and ${others.map((one) => one.name).join(", ")}.` : "You."}
          {people.filter((one) => !others.some((other) => other.id === one.person.id)).length > 0 &&
            ` Not here yet: ${people
              .filter((one) => !others.some((other) => other.id === one.person.id))
              .map((one) => one.person.name)
              .join(", ")}.`}
        </dd>
        <dt>Keeping</dt>
        <dd>
          {durable
            ? "What you write is kept in this browser first, then saved."
            : "This browser keeps nothing on its disk: what you write is safe only once it is saved."}
          {stream === "lost" && " The server does not answer right now."}
        </dd>
      </dl>
      {may_write ? (
        <p className="before-go">
          <Button kind="go" keyName={keyName} onClick={deeds.toggleClock}>
            Start the clock
          </Button>
          <button type="button" className="link" onClick={() => open("paper")}>
            It was held on paper
          </button>
        </p>
      ) : (
        <p className="muted">You read this interview; somebody who holds it starts the clock.</p>
      )}
    </section>
  );
}

function LinkReaches() {
  const me = useMe().data;
  return (
    <>
      <dt>Reach</dt>
      <dd>
        {me && !me.reachable
          ? "A link leads nowhere from another machine: Seatrial listens on loopback here. See “serve --public-url”."
          : "A link can be opened from another machine, at the address that this server goes by."}
      </dd>
    </>
  );
}
