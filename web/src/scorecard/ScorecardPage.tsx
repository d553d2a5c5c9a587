// /loops/:id/scorecard — one interviewer's own scorecard. Which area is open stands in the address; what
// is written goes through the keeper; what is missing and what is allowed is the server's word.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Link, useParams, useSearchParams } from "react-router";
import { useMe, useWholeKit } from "../api/queries";
import { ApiError } from "../api/problem";
import type { Kit, Loop, Missing, MyScorecard, NoteForScoring } from "../api/types";
import { Moment } from "../debrief/moment/Moment";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { useKeyName, useKeys } from "../shared/keys/useKeys";
import { Page } from "../shared/Page";
import { ErrorNotice, Loading } from "../shared/states";
import { nearTime, shortDate } from "../shared/time";
import { AddNote } from "./AddNote";
import { AmendForm, Amendments } from "./Amendments";
import { cardQuery, loopQuery, submit } from "./api";
import { AreaEditor } from "./AreaEditor";
import { AreaList, Submit } from "./AreaList";
import { acknowledged } from "./keeper";
import { takeParts } from "./merge";
import { Offers } from "./Offers";
import { SavingState } from "./SavingState";
import { same } from "./score";
import "./scorecard.css";
import { useAmend } from "./useAmend";
import { useKeeper } from "./useKeeper";

export function ScorecardPage() {
  const { id = "" } = useParams();
  const card = useQuery(cardQuery(id));
  const loop = useQuery(loopQuery(id));
  const kit = useWholeKit();
  const person = useMe().data?.person;
  const failed = [card, loop, kit].find((query) => query.isError && !query.data);
  if (card.data && loop.data && kit.data && person)
    return <Scorecard key={`${id}/${person.id}`} card={card.data} loop={loop.data} kit={kit.data} person={person.id} />;
  return (
    <Page title="Scorecard" section="openings">
      <div className="wrap plain-page">
        {failed ? <ErrorNotice error={failed.error} retry={() => void failed.refetch()} /> : <Loading what="Opening your scorecard" />}
      </div>
    </Page>
  );
}

const submitAction = { id: "scorecard.submit", key: "Mod+Enter" };

interface ScorecardProps {
  card: MyScorecard;
  loop: Loop;
  kit: Kit;
  person: string;
}

function Scorecard({ card: fetched, loop, kit, person }: ScorecardProps) {
  const queries = useQueryClient();
  const { keeper, state } = useKeeper(loop.id, person, fetched);
  const card = state.card;
  const [params, setParams] = useSearchParams();
  const [moment, setMoment] = useState<NoteForScoring | null>(null);
  const [adding, setAdding] = useState(false);
  const page = useRef<HTMLDivElement>(null);

  const wanted = params.get("area");
  const first = card.missing[0]?.area ?? card.due_areas[0];
  const area = kit.areas.find((one) => one.id === (wanted ?? first)) ?? kit.areas[0];
  const amending = useAmend(loop.id, person, area?.id ?? "");
  const submitted = card.submitted_at !== null;

  const openArea = (id: string) => setParams({ area: id }, { replace: true });
  const goTo = (missing: Missing) => {
    openArea(missing.area);
    requestAnimationFrame(() => {
      const field = missing.what === "evidence" ? "[data-note]" : `[data-field="${missing.what}"]`;
      const found = page.current?.querySelector<HTMLElement>(field);
      found?.scrollIntoView({ block: "center" });
      found?.focus();
    });
  };
  const hand = useMutation({
    mutationFn: async () => {
      if (!(await keeper.flush())) throw new ApiError(keeper.state.problem ?? unsent);
      return submit(loop.id);
    },
    onSuccess: (next) => {
      queries.setQueryData(cardQuery(loop.id).queryKey, next);
      keeper.adopt(next);
      void queries.invalidateQueries({ queryKey: ["loop", loop.id] });
      void queries.invalidateQueries({ queryKey: ["start"] });
    },
    onError: (error) => {
      const missing = error instanceof ApiError ? (error.problem.missing as Missing[] | undefined) : undefined;
      if (missing?.[0]) goTo(missing[0]);
      void queries.invalidateQueries({ queryKey: cardQuery(loop.id).queryKey });
    },
  });
  const tryToSubmit = () => {
    const missing = card.missing[0];
    // What waits here may be just what is missing there: then the server is asked.
    if (missing && Object.keys(state.drafts).length === 0) goTo(missing);
    else hand.mutate();
  };
  const move = (by: 1 | -1) => {
    const next = kit.areas[kit.areas.findIndex((one) => one.id === area?.id) + by];
    if (next) openArea(next.id);
  };
  const submitKey = useKeyName(submitAction);
  useKeys([
    {
      ...submitAction,
      name: "Submit the scorecard",
      typing: true,
      when: !submitted,
      run: tryToSubmit,
    },
    { id: "scorecard.area-next", name: "Next area", key: "]", run: () => move(1) },
    { id: "scorecard.area-previous", name: "Area before", key: "[", run: () => move(-1) },
  ]);
  if (!area) return null;

  const offers = state.offers.filter((offer) => offer.area === area.id);
  const own = card.amendments.filter((one) => one.area === area.id);
  const score = submitted ? (amending.writing?.score ?? acknowledged(card, area.id)) : keeper.score(area.id);
  const edit = submitted ? (amending.writing ? amending.edit : null) : (change: Parameters<typeof keeper.edit>[1]) => keeper.edit(area.id, change);
  const problem = hand.error instanceof ApiError && !hand.error.problem.missing ? hand.error.problem : null;
  const say = problem ? [problem.title, problem.fix].filter(Boolean).join(". ") : null;
  const held = loop.interviews.flatMap((one) => one.started_at ?? []).sort().at(-1);
  const whoElse = card.others.find((one) => one.area === area.id)?.who ?? [];
  const due = card.due_areas.includes(area.id);

  const foot = submitted
    ? "Submitted; an amendment needs a reason"
    : card.missing[0]
      ? `Next: ${nextWords[card.missing[0].what]}${card.missing.length === 1 ? ", then submit" : ""}`
      : "Next: submit";

  return (
    <Page
      fixed
      title={`Scorecard, candidate ${card.code}`}
      section="openings"
      footEnd={foot}
      barEnd={
        <>
          {!submitted && <SavingState state={state} onRetry={() => void keeper.flush()} />}
          <span className="panel-only small wide-only">
            {card.debrief_open ? "panel only" : "yours alone until all are in"}
          </span>
        </>
      }
    >
      <div className="sc" ref={page}>
        <nav className="sc-areas" aria-label="Areas you score" tabIndex={0}>
          <AreaList areas={kit.areas} card={card} current={area.id} onArea={openArea} />
          <div className="sc-submit">
            {submitted ? (
              <SubmittedNote card={card} loop={loop} />
            ) : (
              <Submit card={card} busy={hand.isPending} onSubmit={tryToSubmit} keyName={submitKey} problem={say} />
            )}
          </div>
        </nav>
        <AreaEditor
          key={area.id}
          area={area}
          areas={kit.areas}
          score={score}
          edit={edit}
          notes={card.notes}
          interviews={loop.interviews}
          onMoment={setMoment}
          pencilled={card.pencilled[area.id]}
          onAddNote={submitted && !amending.writing ? null : () => setAdding(true)}
          head={
            <>
              <div className="sc-head">
                <h1>{area.title}</h1>
                <span className="muted small sc-where">
                  <Link className="mono" to={`/loops/${loop.id}`}>
                    {card.code}
                  </Link>
                  {held && ` · ${shortDate(held)}`} · kit <span className="mono">{card.kit_hash.slice(0, 7)}</span>
                </span>
              </div>
              <p className="muted">
                {submitted
                  ? amending.writing
                    ? "You are amending what you submitted. Nothing changes until you record it."
                    : `Submitted ${nearTime(card.submitted_at ?? "")}. It stays as it is; an amendment is added to it.`
                  : due
                    ? "Mark what you saw in each line, then choose a level. No sum of marks makes one: the choice is yours."
                    : `Not one of your areas${whoElse.length > 0 ? ` (${whoElse.join(", ")})` : ""}. Score it only if you heard enough of it.`}
              </p>
              <Offers
                area={area}
                offers={offers}
                submitted={submitted}
                onDismiss={(offer) => keeper.dismissOffer(offer.id)}
                onAccept={(offer) => {
                  if (!submitted) return keeper.acceptOffer(offer.id);
                  amending.begin(takeParts(acknowledged(card, area.id), offer.ours, offer.parts));
                  keeper.dismissOffer(offer.id);
                }}
              />
            </>
          }
          foot={
            submitted && (
              <>
                {own.length > 0 && (
                  <div className="sc-row">
                    <h3>Versions</h3>
                    <Amendments amendments={own} />
                  </div>
                )}
                {amending.writing ? (
                  <AmendForm
                    changed={!same(amending.writing.score, acknowledged(card, area.id))}
                    busy={amending.record.isPending}
                    error={amending.record.error}
                    reason={amending.writing.reason}
                    onReason={amending.setReason}
                    onRecord={() => amending.writing && amending.record.mutate(amending.writing)}
                    onCancel={amending.cancel}
                  />
                ) : (
                  <div className="sc-row">
                    <span />
                    <span>
                      <Button onClick={() => amending.begin(acknowledged(card, area.id))}>Amend {area.short}</Button>
                    </span>
                  </div>
                )}
              </>
            )
          }
        />
        <div className="sc-submit-phone">
          {submitted ? (
            <SubmittedNote card={card} loop={loop} />
          ) : (
            <Submit card={card} busy={hand.isPending} onSubmit={tryToSubmit} keyName={null} problem={say} />
          )}
        </div>
      </div>
      <AddNote loop={loop.id} area={area} interviews={loop.interviews} open={adding} onClose={() => setAdding(false)} />
      <Dialog open={moment !== null} onClose={() => setMoment(null)} title="In the record" className="dialog-wide">
        {moment && (
          <Moment
            moment={{ interview_id: moment.interview_id, entry: moment.entry, at_ms: moment.at_ms }}
            whose={moment.mine ? "your note" : `${moment.who}’s note`}
          />
        )}
      </Dialog>
    </Page>
  );
}

const unsent = { title: "Not everything has reached the server yet", status: 0, fix: "It is kept here. Submit again when the connection is back." };

const nextWords: Record<Missing["what"], string> = {
  level: "a level",
  evidence: "cite one thing said or done",
  would_move: "finish the sentence",
  confidence: "your confidence",
};

function SubmittedNote({ card, loop }: { card: MyScorecard; loop: Loop }) {
  return (
    <>
      <p role="status">Submitted {card.submitted_at && nearTime(card.submitted_at)}.</p>
      <Link className="btn wide" to={`/loops/${loop.id}/debrief`}>
        {card.debrief_open ? "To the debrief" : "Who is still writing"}
      </Link>
    </>
  );
}

