//! Signing in and out, and the first account.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use seatrial_store::{PersonRow, StoreError};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;
use utoipa::ToSchema;

use super::{
    dto::{DONE, Done, Person},
    facts::line,
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    secret::{PASSWORD_CHARS_MIN, hash_password, verify_password},
    session::{self, person_of},
    state::App,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct KitRef {
    pub id: String,
    pub title: String,
    pub version: String,
    pub hash: String,
}

/// Who you are, and what kind of server this is.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhoAmI {
    pub person: Option<Person>,
    /// Nobody has an account yet.
    pub setup_needed: bool,
    /// Making the first account needs the token that the server printed.
    pub setup_token_needed: bool,
    /// Sample data is loaded.
    pub demo: bool,
    pub kit: KitRef,
    pub version: String,
    pub public_url: Option<String>,
    /// False: links work on this machine only.
    pub reachable: bool,
}

pub async fn who(app: &App, person: Option<&PersonRow>) -> Result<WhoAmI, Problem> {
    Ok(WhoAmI {
        person: person.map(|p| Person::of(p, true)),
        setup_needed: app.options.entry.is_none() && !app.store.has_people().await?,
        setup_token_needed: app.options.setup_token.is_some(),
        demo: app.store.has_demo().await?,
        kit: KitRef {
            id: app.kit.id.clone(),
            title: app.kit.title.clone(),
            version: app.kit.version.clone(),
            hash: app.kit.hash.clone(),
        },
        version: env!("CARGO_PKG_VERSION").to_owned(),
        public_url: app.options.public_url.clone(),
        reachable: app.reachable(),
    })
}

/// Whether the server and its database answer.
#[utoipa::path(get, path = "/api/health", responses((status = 200, body = Done), (status = 503, body = Problem)))]
pub async fn health(State(app): State<Arc<App>>) -> Answer<Done> {
    app.store.ping().await?;
    Ok(Json(DONE))
}

/// Who is asking.
#[utoipa::path(get, path = "/api/me", responses((status = 200, body = WhoAmI)))]
pub async fn me(State(app): State<Arc<App>>, session: Session) -> Answer<WhoAmI> {
    let person = person_of(&app, &session).await?;
    Ok(Json(who(&app, person.as_ref()).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewAccount {
    pub name: String,
    pub email: String,
    pub password: String,
    /// For the first account, when the server asks for it.
    #[serde(default)]
    pub token: Option<String>,
}

/// Checks what somebody wants to be called and how they sign in; returns name, address and the password's hash.
pub async fn checked(app: &App, new: &NewAccount) -> Result<(String, String, String), Problem> {
    let name = line("The name", &new.name, 200)?;
    let email = line("The address", &new.email, 254)?;
    if !email.contains('@') || email.contains(char::is_whitespace) {
        return Err(Problem::invalid("The address needs the form name@example.com."));
    }
    let hash = checked_password(app, &new.password).await?;
    Ok((name, email, hash))
}

/// Checks what somebody wants to sign in with, and returns its hash.
pub async fn checked_password(app: &App, password: &str) -> Result<String, Problem> {
    let chars = password.chars().count();
    if chars < PASSWORD_CHARS_MIN {
        return Err(Problem::invalid(format!(
            "A password needs {PASSWORD_CHARS_MIN} characters or more, and this one has {chars}. Three words are a good one."
        )));
    }
    if chars > 1000 {
        return Err(Problem::invalid("A password may have 1,000 characters."));
    }
    let password = password.to_owned();
    let _slot = app.passwords.acquire().await;
    let hash = tokio::task::spawn_blocking(move || hash_password(&password)).await;
    match hash {
        Ok(Ok(hash)) => Ok(hash),
        _ => Err(Problem::invalid("The password could not be kept. Try again.")),
    }
}

/// Makes the first account, which invites the others.
#[utoipa::path(post, path = "/api/setup", request_body = NewAccount,
    responses((status = 200, body = WhoAmI), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn setup(State(app): State<Arc<App>>, session: Session, Body(new): Body<NewAccount>) -> Answer<WhoAmI> {
    let taken = || Problem::conflict("The first account exists already.", "Sign in, or ask for an invitation.");
    if app.options.entry.is_some() || app.store.has_people().await? {
        return Err(taken());
    }
    if let Some(token) = &app.options.setup_token
        && new.token.as_deref() != Some(token)
    {
        return Err(Problem::forbidden("This server can be reached from other machines, so its first account needs the token that it printed at start."));
    }
    let (name, email, hash) = checked(&app, &new).await?;
    let person = app.store.add_first_person(&name, &email, &hash, Timestamp::now()).await.map_err(|e| match e {
        StoreError::Taken => taken(),
        other => other.into(),
    })?;
    session::sign_in(&session, &person).await?;
    Ok(Json(who(&app, Some(&person)).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct Credentials {
    pub email: String,
    pub password: String,
}

/// Signs in.
#[utoipa::path(post, path = "/api/session", request_body = Credentials,
    responses((status = 200, body = WhoAmI), (status = 401, body = Problem)))]
pub async fn sign_in(State(app): State<Arc<App>>, session: Session, Body(given): Body<Credentials>) -> Answer<WhoAmI> {
    let wrong = || {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "credentials",
            "That did not match",
            "No account has this address with this password.",
            "Check both, or ask an administrator for a link to choose a new password.",
        )
    };
    if given.password.len() > 4000 {
        return Err(wrong());
    }
    let found = app.store.person_by_email(&given.email).await?;
    let (person, hash) = match found {
        Some((person, hash)) => (Some(person), hash),
        None => (None, String::new()),
    };
    let _slot = app.passwords.acquire().await;
    let matches = tokio::task::spawn_blocking(move || verify_password(&given.password, &hash)).await.unwrap_or(false);
    let person = person.filter(|p| matches && !p.disabled).ok_or_else(wrong)?;
    session::sign_in(&session, &person).await?;
    Ok(Json(who(&app, Some(&person)).await?))
}

/// Signs out, here only.
#[utoipa::path(delete, path = "/api/session", responses((status = 200, body = Done)))]
pub async fn sign_out(session: Session) -> Answer<Done> {
    session::sign_out(&session).await?;
    Ok(Json(DONE))
}
