//! What a client is told when something cannot be done: problem+json (RFC 9457), with a sentence on what to do.
//!
//! What the log is told is another matter: causes go there, and never to a browser.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use seatrial_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

const PROBLEM: &str = "application/problem+json";

/// An error as the API tells it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// Stable name of the kind of problem, as a URI reference.
    pub r#type: String,
    pub title: String,
    pub status: u16,
    /// What is wrong, here.
    pub detail: String,
    /// What to do about it; empty when nothing can be done.
    pub fix: String,
    /// Further facts, such as `missing` or `current`.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Problem {
    pub fn new(status: StatusCode, kind: &str, title: &str, detail: impl Into<String>, fix: &str) -> Self {
        Self {
            r#type: format!("/problems/{kind}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            fix: fix.to_owned(),
            extra: serde_json::Map::new(),
        }
    }

    pub fn with(mut self, key: &str, value: impl Serialize) -> Self {
        if let Ok(value) = serde_json::to_value(value) {
            self.extra.insert(key.to_owned(), value);
        }
        self
    }

    pub fn sign_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "sign-in", "Sign in first", "This needs an account.", "Sign in and try again.")
    }

    /// Also said where something exists that the person may not know of.
    pub fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            "Not found",
            format!("There is no such {what}, or it is not yours to see."),
            "Check the address, or ask whoever sent it to you.",
        )
    }

    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "not-allowed", "Not allowed", detail, "Ask somebody with the right to do it.")
    }

    /// A field or a body that does not hold.
    pub fn invalid(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "That does not work yet", detail, "Change it and send it again.")
    }

    pub fn conflict(detail: impl Into<String>, fix: &str) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", "Not in this state", detail, fix)
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Taken) {
            return Self::conflict("That is already there.", "Choose another.");
        }
        tracing::error!(%error, "storage failed");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "storage",
            "It could not be kept",
            "The database did not take it, so nothing was changed.",
            "Try again in a moment; if it stays so, whoever runs this server finds the cause in its log.",
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(self)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        response
    }
}

/// An error that no handler worded (a method that is not there, a path that is no text) as a problem; everything else as
/// it is.
pub fn in_full(response: Response) -> Response {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    if !(status.is_client_error() || status.is_server_error()) || kind.is_some_and(|k| k == PROBLEM) {
        return response;
    }
    let (kind, detail, fix) = match status {
        StatusCode::METHOD_NOT_ALLOWED => ("method", "This address does not take that method.", "Look the address up in /api/openapi.json."),
        _ if status.is_client_error() => ("malformed", "The address holds something that is not text.", "Compare it with /api/openapi.json."),
        _ => ("fault", "Something went wrong here, and nothing was changed.", "Try again in a moment; the server's log holds the cause."),
    };
    let mut problem = Problem::new(status, kind, status.canonical_reason().unwrap_or("Not done"), detail, fix).into_response();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allow.clone());
    }
    problem
}

pub type Answer<T> = Result<Json<T>, Problem>;
