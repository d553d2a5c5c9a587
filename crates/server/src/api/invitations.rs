//! Invitations: the way to every account but the first.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}, http::StatusCode};
use jiff::{Timestamp, ToSpan};
use seatrial_store::InvitationRow;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;
use utoipa::ToSchema;

use super::{
    account::{NewAccount, WhoAmI, checked, who},
    dto::{At, DONE, Done, PersonRole},
    facts::{People, line},
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, ask},
    secret::{new_token, token_hash},
    session::{self, Me},
    state::App,
};

/// Hours for which an invitation is good: a week.
const INVITATION_HOURS: i64 = 7 * 24;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    Open,
    Used,
    Expired,
    Revoked,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Invitation {
    pub id: String,
    pub role: PersonRole,
    /// For whom, in the words of whoever invited them.
    pub note: String,
    pub created_at: At,
    pub expires_at: At,
    pub state: InvitationState,
}

fn state(row: &InvitationRow, now: Timestamp) -> InvitationState {
    if row.used_at.is_some() {
        InvitationState::Used
    } else if row.revoked_at.is_some() {
        InvitationState::Revoked
    } else if row.expires_at <= now {
        InvitationState::Expired
    } else {
        InvitationState::Open
    }
}

fn said(row: &InvitationRow, now: Timestamp) -> Invitation {
    Invitation {
        id: row.id.clone(),
        role: row.role.into(),
        note: row.note.clone(),
        created_at: At(row.created_at),
        expires_at: At(row.expires_at),
        state: state(row, now),
    }
}

/// All invitations, newest first.
#[utoipa::path(get, path = "/api/invitations", responses((status = 200, body = Vec<Invitation>), (status = 403, body = Problem)))]
pub async fn list(State(app): State<Arc<App>>, Me(me): Me) -> Answer<Vec<Invitation>> {
    ask(&me, Act::ManagePeople)?;
    let now = Timestamp::now();
    Ok(Json(app.store.invitations().await?.iter().map(|i| said(i, now)).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewInvitation {
    pub role: PersonRole,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MadeInvitation {
    pub invitation: Invitation,
    /// Shown this once; only its hash is kept.
    pub url: String,
}

/// Makes an invitation link.
#[utoipa::path(post, path = "/api/invitations", request_body = NewInvitation,
    responses((status = 200, body = MadeInvitation), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub async fn make(State(app): State<Arc<App>>, Me(me): Me, Body(new): Body<NewInvitation>) -> Answer<MadeInvitation> {
    ask(&me, Act::ManagePeople)?;
    let now = Timestamp::now();
    let token = new_token();
    let note = if new.note.trim().is_empty() { String::new() } else { line("The note", &new.note, 200)? };
    let row = app
        .store
        .add_invitation(&token_hash(&token), new.role.into(), &note, &me.id, now, now + INVITATION_HOURS.hours())
        .await?;
    Ok(Json(MadeInvitation { invitation: said(&row, now), url: format!("{}/join/{token}", app.base_url()) }))
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/api/invitations/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Done), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn revoke(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Done> {
    ask(&me, Act::ManagePeople)?;
    if !app.store.revoke_invitation(&id, Timestamp::now()).await? {
        return Err(Problem::not_found("open invitation"));
    }
    Ok(Json(DONE))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationOffer {
    pub role: PersonRole,
    pub invited_by: String,
    pub expires_at: At,
}

fn gone() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "invitation",
        "This invitation cannot be used",
        "It was used, taken back, has expired, or the address is incomplete.",
        "Ask whoever invited you for a new one.",
    )
}

/// What an invitation offers.
#[utoipa::path(get, path = "/api/join/{token}", params(("token" = String, Path)),
    responses((status = 200, body = InvitationOffer), (status = 404, body = Problem)))]
pub async fn look(State(app): State<Arc<App>>, Path(token): Path<String>) -> Answer<InvitationOffer> {
    let row = app.store.invitation_by_token(&token_hash(&token)).await?.ok_or_else(gone)?;
    if state(&row, Timestamp::now()) != InvitationState::Open {
        return Err(gone());
    }
    let people = People::read(&app).await?;
    Ok(Json(InvitationOffer { role: row.role.into(), invited_by: people.name(&row.invited_by), expires_at: At(row.expires_at) }))
}

/// Makes an account from an invitation.
#[utoipa::path(post, path = "/api/join/{token}", params(("token" = String, Path)), request_body = NewAccount,
    responses((status = 200, body = WhoAmI), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn join(
    State(app): State<Arc<App>>,
    session: Session,
    Path(token): Path<String>,
    Body(new): Body<NewAccount>,
) -> Answer<WhoAmI> {
    let hash = token_hash(&token);
    let now = Timestamp::now();
    let row = app.store.invitation_by_token(&hash).await?.ok_or_else(gone)?;
    if state(&row, now) != InvitationState::Open {
        return Err(gone());
    }
    let (name, email, password) = checked(&app, &new).await?;
    let person = app.store.join(&hash, &name, &email, &password, now).await.map_err(|e| match e {
        seatrial_store::StoreError::Taken => Problem::conflict("An account with this address exists already.", "Sign in with it."),
        other => other.into(),
    })?;
    let person = person.ok_or_else(gone)?;
    session::sign_in(&session, &person).await?;
    Ok(Json(who(&app, Some(&person)).await?))
}
