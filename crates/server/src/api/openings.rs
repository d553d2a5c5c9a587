//! Openings: the role, its bar, its plan, its candidates.

use std::{collections::BTreeSet, sync::Arc};

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_kit::{BarLine, Kit, Session, session_agenda};
use seatrial_panel::{
    bar::{Bar, BarError},
    plan,
    progress::candidate_code,
};
use seatrial_store::{NewInterview, OpeningRow, PersonRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    dto::{At, LoopRow},
    facts::{Loop, line, opening_ref},
    start::{StartOpening, openings_seen},
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct Plan {
    pub sessions: Vec<Session>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Opening {
    pub id: String,
    pub title: String,
    pub team: String,
    pub pack: String,
    pub seniority: String,
    pub pack_title: String,
    pub seniority_title: String,
    pub kit_hash: String,
    pub bar: Bar,
    pub plan: Plan,
    /// Everything wrong with the plan, in sentences.
    pub plan_mistakes: Vec<String>,
    pub loops: Vec<LoopRow>,
    pub can_edit: bool,
    pub created_at: At,
    pub closed_at: Option<At>,
}

async fn find(app: &App, me: &PersonRow, id: &str) -> Result<(OpeningRow, Vec<Loop>), Problem> {
    let opening = app.store.opening(id).await?.ok_or_else(|| Problem::not_found("opening"))?;
    let mut loops = Vec::new();
    for row in app.store.loops().await?.into_iter().filter(|l| l.opening_id.as_deref() == Some(id)) {
        loops.push(Loop::read(app, &row.id).await?);
    }
    let takes_part = loops.iter().any(|l| l.participants.iter().any(|p| p.person_id == me.id));
    ask(me, Act::ReadOpening { takes_part })?;
    Ok((opening, loops))
}

async fn said(app: &App, me: &PersonRow, id: &str) -> Answer<Opening> {
    let (opening, loops) = find(app, me, id).await?;
    let kit = app.kit_of(&opening.kit_hash).await?;
    let decided: BTreeSet<String> = app.store.decided_loops().await?.into_iter().collect();
    let names = opening_ref(&kit, &opening);
    let people = super::facts::People::read(app).await?;
    let mut bar = opening.bar.clone();
    // The core keeps ids; people read names.
    bar.written_by = bar.written_by.map(|id| people.name(&id));
    for change in &mut bar.changes {
        change.by = people.name(&change.by);
    }
    Ok(Json(Opening {
        plan_mistakes: plan::mistakes(&kit, &opening.plan),
        loops: loops
            .iter()
            .rev()
            .filter(|l| ask(me, Act::ReadLoop(&l.facts())).is_ok())
            .map(|l| l.list_row(&kit, decided.contains(&l.row.id)))
            .collect(),
        can_edit: ask(me, Act::WriteOpenings).is_ok(),
        id: opening.id,
        title: opening.title,
        team: opening.team,
        pack: opening.pack,
        seniority: opening.seniority,
        pack_title: names.pack_title,
        seniority_title: names.seniority_title,
        kit_hash: opening.kit_hash,
        bar,
        plan: Plan { sessions: opening.plan },
        created_at: At(opening.created_at),
        closed_at: opening.closed_at.map(At),
    }))
}

/// Openings that you may see.
#[utoipa::path(get, path = "/api/openings", responses((status = 200, body = Vec<StartOpening>)))]
pub async fn list(State(app): State<Arc<App>>, me: Me) -> Answer<Vec<StartOpening>> {
    Ok(Json(openings_seen(&app, &me).await?.0))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewOpening {
    pub title: String,
    #[serde(default)]
    pub team: String,
    pub pack: String,
    pub seniority: String,
}

/// Writes a new opening, with the bar and the plan that its role pack proposes.
#[utoipa::path(post, path = "/api/openings", request_body = NewOpening,
    responses((status = 200, body = Opening), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn make(State(app): State<Arc<App>>, Me(me): Me, Body(new): Body<NewOpening>) -> Answer<Opening> {
    ask(&me, Act::WriteOpenings)?;
    let kit = app.kit.clone();
    let pack = kit.packs.iter().find(|p| p.id == new.pack).ok_or_else(|| unknown("role pack", &new.pack))?;
    let seniority = pack
        .seniorities
        .iter()
        .find(|s| s.id == new.seniority)
        .ok_or_else(|| unknown("seniority in this role pack", &new.seniority))?;
    let id = app
        .store
        .add_opening(&OpeningRow {
            id: String::new(),
            title: line("The title", &new.title, 200)?,
            team: if new.team.trim().is_empty() { String::new() } else { line("The team", &new.team, 200)? },
            pack: pack.id.clone(),
            seniority: seniority.id.clone(),
            kit_hash: kit.hash.clone(),
            bar: Bar::proposed(seniority),
            plan: pack.sessions.clone(),
            owner: me.id.clone(),
            created_at: Timestamp::now(),
            closed_at: None,
            demo: false,
        })
        .await?;
    said(&app, &me, &id).await
}

fn unknown(what: &str, id: &str) -> Problem {
    Problem::invalid(format!("The kit has no {what} “{id}”."))
}

/// One opening.
#[utoipa::path(get, path = "/api/openings/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Opening), (status = 404, body = Problem)))]
pub async fn read(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Opening> {
    said(&app, &me, &id).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct OpeningChange {
    pub title: Option<String>,
    pub team: Option<String>,
    pub closed: Option<bool>,
}

/// Renames an opening, closes it, or opens it again.
#[utoipa::path(patch, path = "/api/openings/{id}", params(("id" = String, Path)), request_body = OpeningChange,
    responses((status = 200, body = Opening), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn change(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(change): Body<OpeningChange>,
) -> Answer<Opening> {
    let (opening, _) = find(&app, &me, &id).await?;
    ask(&me, Act::WriteOpenings)?;
    let title = change.title.map_or(Ok(opening.title), |t| line("The title", &t, 200))?;
    let team = match change.team {
        Some(team) if team.trim().is_empty() => String::new(),
        Some(team) => line("The team", &team, 200)?,
        None => opening.team,
    };
    let closed_at = match change.closed {
        Some(true) => opening.closed_at.or(Some(Timestamp::now())),
        Some(false) => None,
        None => opening.closed_at,
    };
    app.store.rename_opening(&id, &title, &team, closed_at).await?;
    said(&app, &me, &id).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct WrittenBar {
    pub lines: Vec<BarLine>,
    pub rules: Vec<String>,
    /// Needed once the bar was written.
    pub reason: Option<String>,
}

/// Writes the bar, or changes it with a reason.
#[utoipa::path(put, path = "/api/openings/{id}/bar", params(("id" = String, Path)), request_body = WrittenBar,
    responses((status = 200, body = Opening), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn write_bar(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(bar): Body<WrittenBar>,
) -> Answer<Opening> {
    let (opening, _) = find(&app, &me, &id).await?;
    ask(&me, Act::WriteOpenings)?;
    let kit = app.kit_of(&opening.kit_hash).await?;
    let areas: Vec<String> = kit.areas.iter().map(|a| a.id.clone()).collect();
    let too_long = |text: &&String| text.chars().count() > 1000;
    if bar.lines.iter().map(|l| &l.reason).chain(&bar.rules).chain(&bar.reason).any(|t| too_long(&t)) {
        return Err(Problem::invalid("A reason or a rule may have 1,000 characters."));
    }
    let now = Timestamp::now();
    let written = app
        .store
        .change_bar(&id, |b| b.write(&areas, bar.lines, bar.rules, &me.id, bar.reason.as_deref(), now))
        .await?
        .ok_or_else(|| Problem::not_found("opening"))?;
    written.map_err(|e: BarError| Problem::invalid(e.to_string()))?;
    said(&app, &me, &id).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct WrittenPlan {
    pub sessions: Vec<Session>,
}

/// Changes the plan. Candidates added from then on are planned by it; interviews that exist stay as they are.
#[utoipa::path(put, path = "/api/openings/{id}/plan", params(("id" = String, Path)), request_body = WrittenPlan,
    responses((status = 200, body = Opening), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn write_plan(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(plan): Body<WrittenPlan>,
) -> Answer<Opening> {
    let (opening, _) = find(&app, &me, &id).await?;
    ask(&me, Act::WriteOpenings)?;
    let kit = app.kit_of(&opening.kit_hash).await?;
    let mistakes = plan::mistakes(&kit, &plan.sessions);
    if !mistakes.is_empty() {
        return Err(Problem::invalid(mistakes.join(" ")).with("mistakes", &mistakes));
    }
    app.store.set_plan(&id, &plan.sessions).await?;
    said(&app, &me, &id).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewCandidate {
    pub name: String,
    /// Left open, a short code is made that says nothing about anybody.
    #[serde(default)]
    pub code: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MadeLoop {
    pub loop_id: String,
}

/// Adds a candidate: a loop with one interview for each session of the plan.
#[utoipa::path(post, path = "/api/openings/{id}/loops", params(("id" = String, Path)), request_body = NewCandidate,
    responses((status = 200, body = MadeLoop), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn add_candidate(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(new): Body<NewCandidate>,
) -> Answer<MadeLoop> {
    let (opening, _) = find(&app, &me, &id).await?;
    ask(&me, Act::WriteOpenings)?;
    let name = line("The name", &new.name, 200)?;
    let code = match new.code.filter(|c| !c.trim().is_empty()) {
        Some(code) => line("The code", &code, 20)?,
        None => free_code(&app).await?,
    };
    let loop_id = add_loop(&app, &opening, &code, &name, &me.id, false, Timestamp::now()).await?;
    Ok(Json(MadeLoop { loop_id }))
}

/// Plans a loop for one candidate. No candidate before the bar. One who is added to the sample is part of it.
pub async fn add_loop(
    app: &App,
    opening: &OpeningRow,
    code: &str,
    name: &str,
    by: &str,
    demo: bool,
    now: Timestamp,
) -> Result<String, Problem> {
    if opening.bar.written_at.is_none() {
        return Err(Problem::conflict(
            "This opening has no bar yet, and a bar that is written after an interview says little.",
            "Write the bar first; the role pack proposes one.",
        ));
    }
    if opening.closed_at.is_some() {
        return Err(Problem::conflict("This opening is closed.", "Open it again first."));
    }
    let kit: Arc<Kit> = app.kit_of(&opening.kit_hash).await?;
    let loop_id = app.store.add_loop(Some(&opening.id), code, name, by, demo || opening.demo, now).await?;
    for session in &opening.plan {
        let new = NewInterview {
            loop_id: loop_id.clone(),
            session_id: Some(session.id.clone()),
            title: session.title.clone(),
            areas: session.items.iter().map(|i| i.area.clone()).collect(),
            agenda: session_agenda(&kit, session),
            kit_hash: kit.hash.clone(),
            scenario: None,
            created_by: by.to_owned(),
            created_at: now,
        };
        app.store.add_interview(&new, None).await?;
    }
    Ok(loop_id)
}

/// The next code that no candidate has.
pub async fn free_code(app: &App) -> Result<String, Problem> {
    let taken: BTreeSet<String> = app.store.loops().await?.into_iter().map(|l| l.code).collect();
    let codes = (taken.len()..).map(candidate_code);
    Ok(codes.take(10_000).find(|code| !taken.contains(code)).unwrap_or_else(|| format!("X-{}", taken.len())))
}
