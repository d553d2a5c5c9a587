//! One page to read before an interview: whom, what to ask, what others ask.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_kit::{BarLine, SessionItem};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    dto::{InterviewRef, OpeningRef},
    facts::People,
    interviews::find,
    links::{CandidateLink, LinkState, link},
    scenario::ScenarioRef,
};
use crate::{
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

/// Another interview of the same loop: what it covers need not be asked again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Elsewhere {
    pub title: String,
    pub who: Vec<String>,
    pub areas: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Preread {
    pub loop_id: String,
    pub code: String,
    pub candidate_name: String,
    pub opening: Option<OpeningRef>,
    pub kit_hash: String,
    /// What it is held over: `GET /api/kit` with this id tells what it asks.
    pub scenario: Option<ScenarioRef>,
    pub interview: InterviewRef,
    pub bar: Vec<BarLine>,
    pub rules: Vec<String>,
    /// What this interview asks; empty for one without a plan, whose agenda is the area's own.
    pub items: Vec<SessionItem>,
    pub reason: String,
    pub elsewhere: Vec<Elsewhere>,
    /// The newest link that is good.
    pub candidate_link: Option<CandidateLink>,
    pub reachable: bool,
}

/// The pre-read of one interview, for people in it and whoever plans it.
#[utoipa::path(get, path = "/api/interviews/{id}/preread", params(("id" = String, Path)),
    responses((status = 200, body = Preread), (status = 404, body = Problem)))]
pub async fn read(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Preread> {
    let found = find(&app, &id).await?;
    ask(&me, Act::ReadLoop(&found.l.facts()))?;
    let people = People::read(&app).await?;
    let now = Timestamp::now();
    let mut refs = found.l.interview_refs(&people, now);
    let at = refs.iter().position(|r| r.id == id).ok_or_else(|| Problem::not_found("interview"))?;
    let interview = refs.remove(at);
    let opening = found.l.opening.as_ref();
    let session = opening.and_then(|o| o.plan.iter().find(|s| Some(&s.id) == found.interview.session_id.as_ref()));
    let links = app.store.candidate_links(&id).await?;
    Ok(Json(Preread {
        loop_id: found.l.row.id.clone(),
        code: found.l.row.code.clone(),
        candidate_name: found.l.row.name.clone(),
        opening: found.l.opening_ref(&found.kit),
        kit_hash: found.interview.kit_hash.clone(),
        scenario: ScenarioRef::of(&found.kit, &found.interview),
        bar: opening.map_or_else(Vec::new, |o| {
            o.bar.lines.iter().filter(|l| interview.areas.contains(&l.area)).cloned().collect()
        }),
        rules: opening.map_or_else(Vec::new, |o| o.bar.rules.clone()),
        items: session.map_or_else(Vec::new, |s| s.items.clone()),
        reason: session.map_or_else(String::new, |s| s.reason.clone()),
        elsewhere: refs
            .iter()
            // What was called off nobody asks.
            .filter(|r| r.called_off.is_none())
            .map(|r| Elsewhere {
                title: r.title.clone(),
                who: r.people.iter().map(|p| p.person.name.clone()).collect(),
                areas: r.areas.clone(),
            })
            .collect(),
        interview,
        candidate_link: links.iter().map(|l| link(l, now)).find(|l| l.state == LinkState::Open),
        reachable: app.reachable(),
    }))
}
