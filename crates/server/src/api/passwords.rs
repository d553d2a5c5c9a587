//! Passwords: changing one's own, and links with which somebody who lost theirs chooses a new one. Either way every other
//! session of that person ends.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}, http::StatusCode};
use jiff::{Timestamp, ToSpan};
use seatrial_store::{PersonRow, Store, StoreResult};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;
use utoipa::ToSchema;

use super::{
    account::{WhoAmI, checked_password, who},
    dto::At,
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, ask},
    secret::{new_token, token_hash, verify_password},
    session::{self, Me},
    state::App,
};

/// Hours for which a link is good. It is handed over by hand, and whoever holds it gets in: a day is long.
const RESET_HOURS: i64 = 24;

#[derive(Debug, Deserialize, ToSchema)]
pub struct PasswordChange {
    /// The password as it is.
    pub present: String,
    pub new: String,
}

/// Changes your own password. Every other session of yours ends.
#[utoipa::path(put, path = "/api/me/password", request_body = PasswordChange,
    responses((status = 200, body = WhoAmI), (status = 401, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn change(
    State(app): State<Arc<App>>,
    session: Session,
    Me(me): Me,
    Body(change): Body<PasswordChange>,
) -> Answer<WhoAmI> {
    ask(&me, Act::ChangeOwnPassword)?;
    let kept = app.store.password_hash(&me.id).await?.unwrap_or_default();
    let present = change.present;
    let matches = present.len() <= 4000 && {
        let _slot = app.passwords.acquire().await;
        tokio::task::spawn_blocking(move || verify_password(&present, &kept)).await.unwrap_or(false)
    };
    if !matches {
        return Err(Problem::invalid("That is not your present password."));
    }
    let hash = checked_password(&app, &change.new).await?;
    let changed = app.store.change_password(&me.id, me.password_no, &hash, Timestamp::now()).await?;
    let me = changed.ok_or_else(|| Problem::conflict("Your password was changed elsewhere in this moment.", "Sign in with the new one."))?;
    session::sign_in(&session, &me).await?;
    Ok(Json(who(&app, Some(&me)).await?))
}

/// Makes a link for choosing a new password, and returns its token, which is kept nowhere, with the end of its time.
///
/// # Errors
/// When the database does not answer.
pub async fn new_reset(store: &Store, person: &PersonRow, by: Option<&str>, now: Timestamp) -> StoreResult<(String, Timestamp)> {
    let token = new_token();
    let expires_at = now + RESET_HOURS.hours();
    store.add_password_reset(&token_hash(&token), &person.id, by, now, expires_at).await?;
    Ok((token, expires_at))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MadeReset {
    /// Shown this once; only its hash is kept.
    pub url: String,
    pub expires_at: At,
}

/// Makes a link with which somebody chooses a new password. An earlier one no longer opens.
#[utoipa::path(post, path = "/api/people/{id}/reset", params(("id" = String, Path)),
    responses((status = 200, body = MadeReset), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn make(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<MadeReset> {
    ask(&me, Act::ManagePeople)?;
    let person = app.store.person(&id).await?.ok_or_else(|| Problem::not_found("person"))?;
    if person.demo {
        return Err(Problem::conflict("People of the sample have no password.", "Invite somebody of your own."));
    }
    if person.disabled {
        return Err(Problem::conflict("This account is closed, so no password would open it.", "Open the account first."));
    }
    let (token, expires_at) = new_reset(&app.store, &person, Some(&me.id), Timestamp::now()).await?;
    tracing::warn!(person = id, by = me.id, "a link for a new password was made");
    Ok(Json(MadeReset { url: format!("{}/reset/{token}", app.base_url()), expires_at: At(expires_at) }))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ResetOffer {
    pub name: String,
    pub email: String,
}

fn gone() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "reset",
        "This link cannot be used",
        "It was used, was followed by a newer one, has expired, or the address is incomplete.",
        "Ask an administrator for a new one.",
    )
}

async fn behind(app: &App, token: &str, now: Timestamp) -> Result<PersonRow, Problem> {
    let person = app.store.person_of_reset(&token_hash(token), now).await?;
    person.filter(|p| !p.disabled).ok_or_else(gone)
}

/// Whose password a link sets.
#[utoipa::path(get, path = "/api/reset/{token}", params(("token" = String, Path)),
    responses((status = 200, body = ResetOffer), (status = 404, body = Problem)))]
pub async fn look(State(app): State<Arc<App>>, Path(token): Path<String>) -> Answer<ResetOffer> {
    let person = behind(&app, &token, Timestamp::now()).await?;
    Ok(Json(ResetOffer { name: person.name, email: person.email }))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewPassword {
    pub password: String,
}

/// Sets a new password by a link, once, and signs in. Every session of that person ends.
#[utoipa::path(post, path = "/api/reset/{token}", params(("token" = String, Path)), request_body = NewPassword,
    responses((status = 200, body = WhoAmI), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn reset(
    State(app): State<Arc<App>>,
    session: Session,
    Path(token): Path<String>,
    Body(new): Body<NewPassword>,
) -> Answer<WhoAmI> {
    let now = Timestamp::now();
    behind(&app, &token, now).await?;
    let hash = checked_password(&app, &new.password).await?;
    let person = app.store.reset_password(&token_hash(&token), &hash, now).await?.ok_or_else(gone)?;
    session::sign_in(&session, &person).await?;
    Ok(Json(who(&app, Some(&person)).await?))
}
