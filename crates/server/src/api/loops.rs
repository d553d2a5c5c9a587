//! Loops: one candidate, their interviews, and whose scorecards are due.

use std::{collections::BTreeSet, sync::Arc};

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_store::PersonRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    dto::{InterviewRef, LoopRow, OpeningRef, ScorecardDue},
    facts::{Loop, People, line},
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct LoopView {
    pub id: String,
    pub code: String,
    pub name: String,
    pub opening: Option<OpeningRef>,
    pub interviews: Vec<InterviewRef>,
    pub scorecards: Vec<ScorecardDue>,
    pub can_manage: bool,
    /// You owe or may write a scorecard here.
    pub can_score: bool,
    /// The bar stood before the first interview.
    pub bar_first: bool,
    pub decided: bool,
    pub debrief_open: bool,
}

pub async fn said(app: &App, me: &PersonRow, id: &str) -> Answer<LoopView> {
    let l = Loop::read(app, id).await?;
    let facts = l.facts();
    ask(me, Act::ReadLoop(&facts))?;
    let people = People::read(app).await?;
    let decided = app.store.decided_loops().await?.contains(&l.row.id);
    Ok(Json(LoopView {
        id: l.row.id.clone(),
        code: l.row.code.clone(),
        name: l.row.name.clone(),
        opening: l.opening_ref(&app.kit),
        interviews: l.interview_refs(&people, Timestamp::now()),
        scorecards: l.scorecards_due(&people, &me.id),
        can_manage: ask(me, Act::ManageLoop(&facts)).is_ok(),
        can_score: ask(me, Act::Score(&facts)).is_ok(),
        bar_first: l.bar_first(),
        decided,
        debrief_open: facts.is_open_to(&me.id),
    }))
}

/// Loops that you may see, newest first.
#[utoipa::path(get, path = "/api/loops", responses((status = 200, body = Vec<LoopRow>)))]
pub async fn list(State(app): State<Arc<App>>, Me(me): Me) -> Answer<Vec<LoopRow>> {
    let decided: BTreeSet<String> = app.store.decided_loops().await?.into_iter().collect();
    let mut rows = Vec::new();
    for row in app.store.loops().await? {
        let l = Loop::read(&app, &row.id).await?;
        if ask(&me, Act::ReadLoop(&l.facts())).is_ok() {
            rows.push(l.list_row(&app.kit, decided.contains(&row.id)));
        }
    }
    Ok(Json(rows))
}

/// One loop.
#[utoipa::path(get, path = "/api/loops/{id}", params(("id" = String, Path)),
    responses((status = 200, body = LoopView), (status = 404, body = Problem)))]
pub async fn read(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<LoopView> {
    said(&app, &me, &id).await
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct LoopChange {
    pub code: Option<String>,
    pub name: Option<String>,
}

/// Corrects a candidate's name or code.
#[utoipa::path(patch, path = "/api/loops/{id}", params(("id" = String, Path)), request_body = LoopChange,
    responses((status = 200, body = LoopView), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn change(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(change): Body<LoopChange>,
) -> Answer<LoopView> {
    let l = Loop::read(&app, &id).await?;
    ask(&me, Act::ManageLoop(&l.facts()))?;
    let code = change.code.map_or(Ok(l.row.code), |c| line("The code", &c, 20))?;
    let name = change.name.map_or(Ok(l.row.name), |n| line("The name", &n, 200))?;
    app.store.rename_loop(&id, &code, &name).await?;
    said(&app, &me, &id).await
}
