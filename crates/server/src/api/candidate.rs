//! The candidate's side. A type of its own, which cannot hold what a candidate must not know: no question, no signal,
//! no note, no level.

use std::{collections::VecDeque, sync::Arc};

use axum::{Json, extract::{Path, State}, http::StatusCode, response::sse::Event};
use futures_util::stream;
use jiff::Timestamp;
use seatrial_kit::MaterialFormat;
use seatrial_panel::record::ClockState;
use seatrial_store::CandidateLinkRow;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    dto::{At, minutes_planned},
    facts::People,
    interviews::{Found, find},
    live::{Events, events, wait},
    scenario::CandidateBrief,
};
use crate::{
    live::Viewer,
    problem::{Answer, Problem},
    secret::token_hash,
    state::App,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct ShownMaterial {
    pub id: String,
    pub title: String,
    pub format: MaterialFormat,
    pub text: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CandidateView {
    /// The role and the team, or that this is an interview.
    pub title: String,
    pub code: String,
    /// Who will be there.
    pub with: Vec<String>,
    /// Who has the interview open now.
    pub present: Vec<String>,
    pub minutes: u32,
    pub state: ClockState,
    pub scheduled_at: Option<At>,
    /// Over a scenario: what it is about, and what is assessed.
    pub brief: Option<CandidateBrief>,
    /// What the interviewer shows at the moment.
    pub shown: Vec<ShownMaterial>,
    /// There is a running system to work on.
    pub room: bool,
    /// What is kept, and whom to ask.
    pub kept: String,
    pub expires_at: At,
}

fn gone() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "candidate-link",
        "This link does not open anything",
        "It has expired, was taken back, the interview was called off, or the address is incomplete.",
        "Ask whoever sent it to you for a new one.",
    )
}

/// The interview behind a candidate's token, while the link is good.
pub async fn behind(app: &App, token: &str, now: Timestamp) -> Result<(CandidateLinkRow, Found), Problem> {
    let link = app.store.candidate_link_by_token(&token_hash(token)).await?.ok_or_else(gone)?;
    if link.revoked_at.is_some() || link.expires_at <= now {
        return Err(gone());
    }
    let found = find(app, &link.interview_id).await.map_err(|_| gone())?;
    if found.record().clock.state == ClockState::CalledOff {
        return Err(gone());
    }
    Ok((link, found))
}

async fn view(app: &App, link: &CandidateLinkRow, found: &Found) -> Result<CandidateView, Problem> {
    let people = People::read(app).await?;
    let record = found.record();
    let with: Vec<String> = found
        .l
        .participants
        .iter()
        .filter(|p| p.interview_id == found.interview.id)
        .map(|p| people.name(&p.person_id))
        .collect();
    let title = match &found.l.opening {
        Some(o) if !o.team.is_empty() => format!("{}, {}", o.title, o.team),
        Some(o) => o.title.clone(),
        None => "Interview".to_owned(),
    };
    let material = || found.kit.exercises.iter().flat_map(|e| &e.material);
    Ok(CandidateView {
        title,
        code: found.l.row.code.clone(),
        present: app.hub.present(&found.interview.id).0.iter().map(|id| people.name(id)).collect(),
        minutes: minutes_planned(&found.interview),
        state: record.clock.state,
        scheduled_at: found.interview.scheduled_at.map(At),
        brief: CandidateBrief::of(&found.kit, &found.interview),
        shown: record
            .shown
            .iter()
            .filter_map(|id| material().find(|m| m.id == *id))
            .map(|m| ShownMaterial { id: m.id.clone(), title: m.title.clone(), format: m.format, text: m.text.clone() })
            .collect(),
        room: app.store.room_of(&found.interview.id).await?.is_some(),
        kept: match with.first() {
            Some(first) => format!(
                "The interviewers keep written notes of what you say and do, and their assessment. Nothing is recorded in sound or \
                 picture. To see, correct or remove what is kept about you, ask {first} or whoever invited you."
            ),
            None => "The interviewers keep written notes of what you say and do, and their assessment. Nothing is recorded in sound \
                     or picture. To see, correct or remove what is kept about you, ask whoever invited you."
                .to_owned(),
        },
        with,
        expires_at: At(link.expires_at),
    })
}

/// What a candidate sees.
#[utoipa::path(get, path = "/api/c/{token}", params(("token" = String, Path)),
    responses((status = 200, body = CandidateView), (status = 404, body = Problem)))]
pub async fn read(State(app): State<Arc<App>>, Path(token): Path<String>) -> Answer<CandidateView> {
    let now = Timestamp::now();
    let (link, found) = behind(&app, &token, now).await?;
    app.store.mark_link_opened(&link.id, now).await?;
    Ok(Json(view(&app, &link, &found).await?))
}

/// Events `change`: what a candidate sees, at once, at every change, and at every beat. Ends with the link.
#[utoipa::path(get, path = "/api/c/{token}/live", params(("token" = String, Path)),
    responses((status = 200, body = CandidateView, content_type = "text/event-stream"), (status = 404, body = Problem)))]
pub async fn live(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Events, Problem> {
    let (link, _) = behind(&app, &token, Timestamp::now()).await?;
    let presence = app.hub.enter(&link.interview_id, Viewer::Candidate);
    let state = (app, token, presence, VecDeque::from([()]));
    Ok(events(stream::unfold(state, |(app, token, mut presence, mut first)| async move {
        if first.pop_front().is_none() && !wait(&mut presence).await {
            return None;
        }
        presence.news.mark_unchanged();
        let (link, found) = behind(&app, &token, Timestamp::now()).await.ok()?;
        let seen = view(&app, &link, &found).await.ok()?;
        let event = Event::default().event("change").json_data(&seen).ok()?;
        Some((Ok(event), (app, token, presence, first)))
    })))
}
