//! The candidate's links to an interview: made, shown, revoked. What the candidate then sees is in `candidate`.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use jiff::{Timestamp, ToSpan};
use seatrial_panel::record::ClockState;
use seatrial_store::{CandidateLinkRow, PersonRow};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    dto::{At, DONE, Done},
    interviews::{Found, find},
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, ask},
    secret::{new_token, token_hash},
    session::Me,
    state::App,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    Open,
    Expired,
    Revoked,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CandidateLink {
    pub id: String,
    pub created_at: At,
    pub expires_at: At,
    pub state: LinkState,
    pub opened_at: Option<At>,
}

pub fn link(row: &CandidateLinkRow, now: Timestamp) -> CandidateLink {
    let state = if row.revoked_at.is_some() {
        LinkState::Revoked
    } else if row.expires_at <= now {
        LinkState::Expired
    } else {
        LinkState::Open
    };
    CandidateLink {
        id: row.id.clone(),
        created_at: At(row.created_at),
        expires_at: At(row.expires_at),
        state,
        opened_at: row.opened_at.map(At),
    }
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewLink {
    /// 1 to 30; 7 when left out.
    pub days: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MadeLink {
    pub link: CandidateLink,
    /// Shown this once; only its hash is kept.
    pub url: String,
}

/// Makes a link for the candidate: no account, expires, can be revoked.
#[utoipa::path(post, path = "/api/interviews/{id}/links", params(("id" = String, Path)), request_body = NewLink,
    responses((status = 200, body = MadeLink), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn make_link(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(new): Body<NewLink>) -> Answer<MadeLink> {
    let found = may_link(&app, &me, &id).await?;
    if found.record().clock.state == ClockState::CalledOff {
        return Err(Problem::conflict("This interview was called off, so no link would open it.", "Make one for an interview that is held."));
    }
    let days = new.days.unwrap_or(7);
    if !(1..=30).contains(&days) {
        return Err(Problem::invalid("A link is good for 1 to 30 days."));
    }
    let now = Timestamp::now();
    let token = new_token();
    let row = app.store.add_candidate_link(&id, &token_hash(&token), now, now + (i64::from(days) * 24).hours()).await?;
    Ok(Json(MadeLink { link: link(&row, now), url: format!("{}/c/{token}", app.base_url()) }))
}

/// People in the interview hand out its link, and so does whoever plans it.
async fn may_link(app: &App, me: &PersonRow, id: &str) -> Result<Found, Problem> {
    let found = find(app, id).await?;
    if found.may_write(me).is_err() {
        ask(me, Act::ManageLoop(&found.l.facts()))?;
    }
    Ok(found)
}

/// Revokes a candidate's link at once.
#[utoipa::path(delete, path = "/api/interviews/{id}/links/{link}", params(("id" = String, Path), ("link" = String, Path)),
    responses((status = 200, body = Done), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn revoke_link(State(app): State<Arc<App>>, Me(me): Me, Path((id, link)): Path<(String, String)>) -> Answer<Done> {
    may_link(&app, &me, &id).await?;
    if !app.store.revoke_candidate_link(&id, &link, Timestamp::now()).await? {
        return Err(Problem::not_found("open link"));
    }
    app.hub.tell(&id);
    Ok(Json(DONE))
}
