//! One's own scorecard. No address here leads to anybody else's.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::{Path, State}, http::StatusCode};
use jiff::Timestamp;
use seatrial_kit::Kit;
use seatrial_panel::{
    record::NoteKind,
    scorecard::{Amendment, AreaScore, Evidence, Missing, Moment, ScoreError, Scorecard},
};
use seatrial_store::{PersonRow, ScorecardRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    dto::{At, OpeningRef},
    facts::{Loop, People},
    interviews::visible,
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct HeardSignal {
    pub area: String,
    pub signal: String,
    pub prompted: Option<bool>,
}

/// A note of yours, or of somebody in the same interview, that can serve as evidence.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteForScoring {
    pub entry: String,
    pub interview_id: String,
    pub interview_title: String,
    pub at_ms: i64,
    pub seq: i64,
    pub kind: NoteKind,
    pub text: String,
    pub area: Option<String>,
    pub signal: Option<HeardSignal>,
    pub mine: bool,
    pub who: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AreaOfOthers {
    pub area: String,
    pub who: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MyScorecard {
    pub loop_id: String,
    pub code: String,
    pub candidate_name: String,
    pub opening: Option<OpeningRef>,
    pub kit_hash: String,
    pub rev: i64,
    pub due_areas: Vec<String>,
    /// Areas that somebody else was asked to score.
    pub others: Vec<AreaOfOthers>,
    pub areas: Vec<AreaScore>,
    pub submitted_at: Option<At>,
    pub due_at: Option<At>,
    pub amendments: Vec<Amendment>,
    pub missing: Vec<Missing>,
    pub notes: Vec<NoteForScoring>,
    /// Your pencilled levels, by area.
    pub pencilled: BTreeMap<String, super::interviews::Pencilled>,
    pub interviews: Vec<super::dto::InterviewRef>,
    pub debrief_open: bool,
}

struct Found {
    l: Loop,
    kit: Arc<Kit>,
    row: ScorecardRow,
    due: Vec<String>,
}

impl Found {
    fn titles(&self) -> BTreeMap<String, String> {
        self.kit.areas.iter().map(|a| (a.id.clone(), a.title.clone())).collect()
    }
}

async fn find(app: &App, me: &PersonRow, id: &str) -> Result<Found, Problem> {
    let l = Loop::read(app, id).await?;
    ask(me, Act::Score(&l.facts()))?;
    let stamped = l.interviews.first().map_or_else(|| app.kit.hash.clone(), |i| i.kit_hash.clone());
    let row = app.store.scorecard(id, &me.id).await?;
    let row = row.unwrap_or_else(|| ScorecardRow { rev: 0, scorecard: Scorecard::new(id, &me.id, &stamped) });
    let kit = app.kit_of(&row.scorecard.kit_hash).await?;
    let due = l.due().into_iter().find(|(person, _)| *person == me.id).map_or_else(Vec::new, |(_, areas)| areas);
    Ok(Found { l, kit, row, due })
}

async fn said(app: &App, me: &PersonRow, found: Found) -> Result<MyScorecard, Problem> {
    let people = People::read(app).await?;
    let mut notes = Vec::new();
    for interview in found.l.interviews.iter().filter(|i| found.l.is_in(&i.id, &me.id)) {
        let record = found.l.record(&interview.id);
        let heard = record.heard();
        let seen: Vec<&str> = visible(record, &found.l, &me.id).map(|e| e.id.as_str()).collect();
        for note in record.notes().into_iter().filter(|n| seen.contains(&n.entry.as_str())) {
            let signal = note.area.clone().zip(note.signal.clone()).map(|(area, signal)| HeardSignal {
                prompted: heard.iter().find(|h| h.area == area && h.signal == signal).map(|h| h.prompted),
                area,
                signal,
            });
            notes.push(NoteForScoring {
                entry: note.entry,
                interview_id: interview.id.clone(),
                interview_title: interview.title.clone(),
                at_ms: note.at_ms,
                seq: note.seq,
                kind: note.kind,
                text: note.text,
                area: note.area,
                signal,
                mine: note.who == me.id,
                who: people.name(&note.who),
            });
        }
    }
    notes.sort_by_key(|n| std::cmp::Reverse((n.interview_id.clone(), n.at_ms, n.seq)));
    let mut others: Vec<AreaOfOthers> = Vec::new();
    for (person, areas) in found.l.due().into_iter().filter(|(person, _)| *person != me.id) {
        for area in areas {
            match others.iter_mut().find(|o| o.area == area) {
                Some(o) => o.who.push(people.name(&person)),
                None => others.push(AreaOfOthers { area, who: vec![people.name(&person)] }),
            }
        }
    }
    let card = &found.row.scorecard;
    let missing = if card.submitted_at.is_some() { Vec::new() } else { card.missing(&found.due, &found.titles()) };
    let mut areas = card.areas.clone();
    for due in &found.due {
        if card.submitted_at.is_none() && !areas.iter().any(|a| a.area == *due) {
            areas.push(AreaScore::blank(due.clone()));
        }
    }
    Ok(MyScorecard {
        loop_id: found.l.row.id.clone(),
        code: found.l.row.code.clone(),
        candidate_name: found.l.row.name.clone(),
        opening: found.l.opening_ref(&found.kit),
        kit_hash: card.kit_hash.clone(),
        rev: found.row.rev,
        due_at: found.l.interviews.iter().filter(|i| found.l.is_in(&i.id, &me.id)).filter_map(|i| i.due_at).max().map(At),
        others,
        areas,
        submitted_at: card.submitted_at.map(At),
        amendments: card.amendments.clone(),
        missing,
        notes,
        pencilled: app
            .store
            .pencilled_in_loop(&found.l.row.id, &me.id)
            .await?
            .into_iter()
            .filter_map(|(area, level)| Some((area, serde_json::from_value(level.into()).ok()?)))
            .collect(),
        interviews: found.l.interview_refs(&people, Timestamp::now()),
        debrief_open: found.l.facts().is_open_to(&me.id),
        due_areas: found.due,
    })
}

/// Your scorecard of a loop.
#[utoipa::path(get, path = "/api/loops/{id}/scorecard", params(("id" = String, Path)),
    responses((status = 200, body = MyScorecard), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn read(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<MyScorecard> {
    let found = find(&app, &me, &id).await?;
    Ok(Json(said(&app, &me, found).await?))
}

fn refused(error: ScoreError) -> Problem {
    match error {
        ScoreError::Incomplete(missing) => {
            let say: Vec<&str> = missing.iter().map(|m| m.say.as_str()).collect();
            Problem::invalid(say.join(" ")).with("missing", &missing)
        }
        ScoreError::Submitted | ScoreError::NotSubmitted => Problem::conflict(format!("This cannot be done: {error}."), "Reload the page."),
        other => Problem::invalid(format!("{other}.")),
    }
}

/// Cited notes must be ones that this person may cite, and the rest of the evidence is taken from the record itself.
fn checked(l: &Loop, me: &PersonRow, mut score: AreaScore) -> Result<AreaScore, Problem> {
    for evidence in &mut score.evidence {
        let found = l.interviews.iter().filter(|i| l.is_in(&i.id, &me.id)).find_map(|i| {
            let record = l.record(&i.id);
            let may = visible(record, l, &me.id).any(|e| e.id == evidence.entry);
            let note = record.notes().into_iter().find(|n| n.entry == evidence.entry)?;
            may.then(|| (i.id.clone(), record.heard(), note))
        });
        let Some((take, heard, note)) = found else {
            return Err(Problem::invalid("A note that is cited as evidence is not in the record (it may have been withdrawn)."));
        };
        let signal = heard.iter().find(|h| Some(&h.area) == note.area.as_ref() && Some(&h.signal) == note.signal.as_ref());
        *evidence = Evidence {
            entry: note.entry,
            kind: note.kind,
            moment: Moment { take, seq: note.seq, v: note.at_ms.saturating_mul(1_000_000) },
            prompted: evidence.prompted.or(signal.map(|h| h.prompted)),
            behaviour: evidence.behaviour.take(),
        };
    }
    Ok(score)
}

fn area<'k>(kit: &'k Kit, id: &str) -> Result<&'k seatrial_kit::Area, Problem> {
    kit.areas.iter().find(|a| a.id == id).ok_or_else(|| Problem::not_found("area"))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct WrittenArea {
    /// The revision that this change was made on.
    pub base_rev: i64,
    pub score: AreaScore,
}

/// Writes one area of a draft. When another tab wrote in between, the answer is 409 with what stands now.
#[utoipa::path(put, path = "/api/loops/{id}/scorecard/areas/{area}", params(("id" = String, Path), ("area" = String, Path)), request_body = WrittenArea,
    responses((status = 200, body = MyScorecard), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn write_area(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path((id, area_id)): Path<(String, String)>,
    Body(written): Body<WrittenArea>,
) -> Answer<MyScorecard> {
    let mut found = find(&app, &me, &id).await?;
    if found.row.rev != written.base_rev {
        return Err(stale(&app, &me, found).await?);
    }
    let kit = found.kit.clone();
    let mut score = checked(&found.l, &me, written.score)?;
    score.area = area_id.clone();
    found.row.scorecard.set(area(&kit, &area_id)?, score).map_err(refused)?;
    save(&app, &me, found).await
}

async fn stale(app: &App, me: &PersonRow, found: Found) -> Result<Problem, Problem> {
    let current = said(app, me, found).await?;
    Ok(Problem::new(
        StatusCode::CONFLICT,
        "changed-elsewhere",
        "Changed in another tab",
        "This scorecard was changed elsewhere since this page read it.",
        "Look at what stands now, then make your change again.",
    )
    .with("current", current))
}

async fn save(app: &App, me: &PersonRow, found: Found) -> Answer<MyScorecard> {
    let saved = app.store.save_scorecard(&found.row.scorecard, found.row.rev).await?;
    let now = find(app, me, &found.l.row.id).await?;
    match saved {
        Ok(_) => Ok(Json(said(app, me, now).await?)),
        Err(seatrial_store::Stale) => Err(stale(app, me, now).await?),
    }
}

/// Submits. From here on changes are amendments.
#[utoipa::path(post, path = "/api/loops/{id}/scorecard/submit", params(("id" = String, Path)),
    responses((status = 200, body = MyScorecard), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn submit(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<MyScorecard> {
    let mut found = find(&app, &me, &id).await?;
    let (due, titles) = (found.due.clone(), found.titles());
    found.row.scorecard.submit(&due, &titles, Timestamp::now()).map_err(refused)?;
    save(&app, &me, found).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct WrittenAmendment {
    pub area: String,
    pub score: AreaScore,
    pub reason: String,
}

/// Amends a submitted area; both versions are kept and shown.
#[utoipa::path(post, path = "/api/loops/{id}/scorecard/amend", params(("id" = String, Path)), request_body = WrittenAmendment,
    responses((status = 200, body = MyScorecard), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn amend(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(written): Body<WrittenAmendment>,
) -> Answer<MyScorecard> {
    let mut found = find(&app, &me, &id).await?;
    let kit = found.kit.clone();
    let mut score = checked(&found.l, &me, written.score)?;
    score.area = written.area.clone();
    found.row.scorecard.amend(area(&kit, &written.area)?, score, &written.reason, Timestamp::now()).map_err(refused)?;
    save(&app, &me, found).await
}
