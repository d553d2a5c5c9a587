//! The browser app, embedded; and the few plain pages that must work without it.

use std::sync::Arc;

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use jiff::Timestamp;
use rust_embed::RustEmbed;
use tower_sessions::Session;

use crate::{api::candidate_link_is_good, problem::Problem, session, state::App};

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Web;

/// A file of the app, or the page that its router fills.
pub async fn app(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return Problem::not_found("address in this API").into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    if path.starts_with("assets/") || path.contains('.') {
        return match file(path, &headers) {
            Some(response) => response,
            None => (StatusCode::NOT_FOUND, Html(plain("Not found", "There is no such file here.", "Go back to the start page."))).into_response(),
        };
    }
    page("index.html")
}

/// A file of a page, and nothing else.
pub async fn asset(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let found = if path.ends_with(".html") { None } else { file(path, &headers) };
    found.unwrap_or_else(|| (StatusCode::NOT_FOUND, Html(plain("Not found", "There is no such file here.", "Go back to the page."))).into_response())
}

fn page(name: &str) -> Response {
    match Web::get(name) {
        Some(file) => ([(header::CACHE_CONTROL, "no-cache")], Html(file.data.into_owned())).into_response(),
        None => (
            StatusCode::SERVICE_UNAVAILABLE,
            Html(plain(
                "The browser app is missing",
                "This binary was built without it.",
                "Run “make build” in the source folder, which builds the app first, and start the new binary. The API at /api works meanwhile.",
            )),
        )
            .into_response(),
    }
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let file = Web::get(path)?;
    let etag = format!("\"{}\"", file.metadata.sha256_hash().iter().take(12).map(|b| format!("{b:02x}")).collect::<String>());
    // Names of assets change with their content; everything else asks again.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let same = headers.get(header::IF_NONE_MATCH).is_some_and(|sent| sent.as_bytes() == etag.as_bytes());
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { file.data.into_owned().into_response() };
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_str(kind.as_ref()).ok()?);
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    head.insert(header::ETAG, HeaderValue::from_str(&etag).ok()?);
    Some(response)
}

/// The practice page: everything on it happens in the reader's browser, so it is anybody's.
pub async fn practice() -> Response {
    page("practice.html")
}

/// The same over a file that is being written; the page finds its news by this mark.
pub async fn preview() -> Response {
    const MARK: &str = "<meta name=\"seatrial-preview\" content=\"/preview/live\" /></head>";
    let Some(file) = Web::get("practice.html") else { return page("practice.html") };
    let html = String::from_utf8_lossy(&file.data).replacen("</head>", MARK, 1);
    ([(header::CACHE_CONTROL, "no-cache")], Html(html)).into_response()
}

/// The candidate's page, or a plain one when the link opens nothing.
pub async fn candidate(State(app): State<Arc<App>>, token: Result<Path<String>, PathRejection>) -> Response {
    // An address that is no text opens nothing either.
    let token = token.map(|Path(token)| token).unwrap_or_default();
    if candidate_link_is_good(&app, &token, Timestamp::now()).await {
        return page("candidate.html");
    }
    let body = plain(
        "This link does not open anything",
        "It has expired, was taken back, the interview was called off, or the address is incomplete.",
        "Ask whoever sent it to you for a new one. Nothing you did caused this, and nothing is lost.",
    );
    (StatusCode::NOT_FOUND, Html(body)).into_response()
}

/// Signs in whoever was given the address that the sample's own server printed.
pub async fn enter(State(app): State<Arc<App>>, session: Session, token: Result<Path<String>, PathRejection>) -> Response {
    let token = token.map(|Path(token)| token).unwrap_or_default();
    let known = app.options.entry.as_ref().filter(|(secret, _)| crate::secret::token_hash(secret) == crate::secret::token_hash(&token));
    let Some((_, person)) = known else {
        let body = plain(
            "This address does not open anything",
            "It belongs to a server that was stopped, or is incomplete.",
            "Look for the address in the terminal.",
        );
        return (StatusCode::NOT_FOUND, Html(body)).into_response();
    };
    match app.store.person(person).await {
        Ok(Some(person)) => match session::sign_in(&session, &person).await {
            Ok(()) => Redirect::to(app.options.entry_page.as_deref().unwrap_or("/")).into_response(),
            Err(problem) => problem.into_response(),
        },
        Ok(None) => Problem::sign_in().into_response(),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// A page with a heading and two sentences; no script, no request. The texts are our own and hold nothing to escape.
fn plain(title: &str, what: &str, fix: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{title} · Seatrial</title><link rel=\"stylesheet\" href=\"/plain.css\"></head>\
         <body><main><p>Seatrial</p><h1>{title}</h1><p>{what}</p><p>{fix}</p></main></body></html>"
    )
}

/// The look of plain pages, apart so that the content policy needs no exception.
pub async fn plain_css() -> Response {
    const CSS: &str = "html{background:#F6F7F5;color:#14201F;font:15px/22px \"IBM Plex Sans\",system-ui,sans-serif}\
        main{max-width:560px;margin:12vh auto;padding:0 24px}h1{font:600 28px/36px inherit;font-family:inherit;margin:8px 0 16px}\
        p{margin:0 0 12px}@media (prefers-color-scheme:dark){html{background:#0E1514;color:#E4EBE8}}";
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], CSS).into_response()
}
