//! Who is asking: the session cookie, kept in the store, and the person behind it.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{extract::FromRequestParts, http::request::Parts};
use jiff::Timestamp;
use seatrial_store::{PersonRow, Store, StoreError};
use tower_sessions::{
    Session, SessionStore,
    session::{Id, Record},
    session_store,
};

use crate::{problem::Problem, state::App};

/// Days for which somebody stays signed in.
pub const SESSION_DAYS: i64 = 30;
const PERSON: &str = "person";
const PASSWORD_NO: &str = "password_no";

/// Sessions in the same database as everything else.
#[derive(Debug, Clone)]
pub struct Sessions(pub Store);

fn failed(error: StoreError) -> session_store::Error {
    session_store::Error::Backend(error.to_string())
}

fn expires_at(record: &Record) -> Timestamp {
    Timestamp::from_second(record.expiry_date.unix_timestamp()).unwrap_or(Timestamp::MAX)
}

fn encode(record: &Record) -> session_store::Result<String> {
    serde_json::to_string(record).map_err(|e| session_store::Error::Encode(e.to_string()))
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        // An id of 128 random bits that is taken already is drawn again.
        loop {
            match self.0.add_session(&record.id.to_string(), &encode(record)?, expires_at(record)).await {
                Err(StoreError::Taken) => record.id = Id::default(),
                other => return other.map_err(failed),
            }
        }
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        self.0.save_session(&record.id.to_string(), &encode(record)?, expires_at(record)).await.map_err(failed)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let data = self.0.session(&id.to_string(), Timestamp::now()).await.map_err(failed)?;
        data.map(|data| serde_json::from_str(&data).map_err(|e| session_store::Error::Decode(e.to_string()))).transpose()
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        self.0.remove_session(&id.to_string()).await.map_err(failed)
    }
}

fn broken(error: tower_sessions::session::Error) -> Problem {
    tracing::error!(%error, "session failed");
    Problem::from(StoreError::Unreadable { what: "session", reason: error.to_string() })
}

/// Signs somebody in under a new session id, so that an id known from before is worth nothing.
pub async fn sign_in(session: &Session, person: &PersonRow) -> Result<(), Problem> {
    session.cycle_id().await.map_err(broken)?;
    session.insert(PERSON, &person.id).await.map_err(broken)?;
    session.insert(PASSWORD_NO, person.password_no).await.map_err(broken)
}

pub async fn sign_out(session: &Session) -> Result<(), Problem> {
    session.flush().await.map_err(broken)
}

/// The person behind a session, if anybody is signed in. A session ends with the password under which it began.
pub async fn person_of(app: &App, session: &Session) -> Result<Option<PersonRow>, Problem> {
    let Some(id) = session.get::<String>(PERSON).await.map_err(broken)? else { return Ok(None) };
    let password_no = session.get::<i64>(PASSWORD_NO).await.map_err(broken)?.unwrap_or(0);
    Ok(app.store.person(&id).await?.filter(|p| !p.disabled && p.password_no == password_no))
}

/// Somebody who is signed in. A handler without it is open to everybody.
#[derive(Debug, Clone)]
pub struct Me(pub PersonRow);

impl FromRequestParts<Arc<App>> for Me {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let session = Session::from_request_parts(parts, app).await.map_err(|(_, why)| {
            tracing::error!(why, "no session layer");
            Problem::sign_in()
        })?;
        person_of(app, &session).await?.map(Me).ok_or_else(Problem::sign_in)
    }
}
