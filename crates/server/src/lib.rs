//! The HTTP side of Seatrial: the API, live updates, sign-in, and the embedded browser app.
//!
//! Lives here: who is asking and whether they may (`rights`), the API's types and routes (`api`). Does not live here: a
//! rule of the domain; those are in `kit` and `panel`.

mod api;
mod demo;
mod extract;
mod fonts;
mod live;
mod rooms;
mod openapi;
mod pages;
mod preview;
mod problem;
mod rights;
mod secret;
mod session;
mod state;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::net::TcpListener;
use tower_http::{compression::CompressionLayer, set_header::SetResponseHeaderLayer, trace::TraceLayer};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

pub use api::{new_reset, router as api_router};
pub use demo::{DemoError, HeldRoom, Loaded, load as load_demo};
pub use openapi::text as openapi;
pub use preview::{Told, preview_router, serve_preview};
pub use fonts::fonts_for;
pub use problem::Problem;
pub use secret::new_token;
pub use state::{App, Options};

/// Bytes of one request: far above the longest note, far below what hurts.
const BODY_BYTES_MAX: usize = 1 << 20;

/// Header that a request must carry to change something. A page of another site cannot send it, so a cookie alone
/// changes nothing.
const GUARD: &str = "x-seatrial";

/// Everything that the server answers.
pub fn router(app: Arc<App>) -> Router {
    let secure = app.options.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    let sessions = SessionManagerLayer::new(session::Sessions(app.store.clone()))
        .with_name("seatrial")
        .with_secure(secure)
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(time::Duration::days(session::SESSION_DAYS)));
    let (api, _) = api::router().split_for_parts();
    let document: Arc<str> = openapi::text().into();
    let router = api.route(
        "/api/openapi.json",
        get(move || {
            let document = document.clone();
            async move { ([(header::CONTENT_TYPE, "application/json")], document.to_string()) }
        }),
    )
    .route("/c/{token}", get(pages::candidate))
    .route("/practice", get(pages::practice))
    .route("/enter/{token}", get(pages::enter))
    .route("/plain.css", get(pages::plain_css))
    .fallback(pages::app)
    .layer(sessions)
    .layer(from_fn(guard))
    .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
    .layer(CompressionLayer::new())
    .layer(TraceLayer::new_for_http().make_span_with(span))
    .with_state(app);
    secured(router)
}

/// With what every answer says to browsers.
fn secured(router: Router) -> Router {
    let set = |name: &'static str, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(HeaderName::from_static(name), HeaderValue::from_static(value))
    };
    router
        .layer(set(
            "content-security-policy",
            // The simulator is WebAssembly in a worker; no text ever becomes a script. A worker is held to the policy of its
            // own file, so pages and files have the same.
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'",
        ))
        .layer(set("x-content-type-options", "nosniff"))
        .layer(set("referrer-policy", "no-referrer"))
        .layer(set("cross-origin-opener-policy", "same-origin"))
}

/// A request's span for the log. Tokens stand in paths, and a log is no place for them.
fn span(request: &Request) -> tracing::Span {
    let path = request.uri().path();
    let hidden = ["/c/", "/join/", "/reset/", "/enter/"].iter().find_map(|part| path.find(part).map(|at| &path[..at + part.len()]));
    match hidden {
        Some(path) => tracing::debug_span!("request", method = %request.method(), path = %format_args!("{path}…")),
        None => tracing::debug_span!("request", method = %request.method(), path),
    }
}

async fn guard(request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let api = request.uri().path().starts_with("/api/");
    let mut response = if changes && api && !request.headers().contains_key(GUARD) {
        Problem::new(
            StatusCode::FORBIDDEN,
            "guard",
            "Not from this app",
            "A request that changes something carries the header X-Seatrial: 1.",
            "Send the header.",
        )
        .into_response()
    } else {
        next.run(request).await
    };
    if api {
        response = problem::in_full(response);
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

/// Serves until `stop` is done, then lets running requests finish for a moment.
///
/// # Errors
/// When the listener fails.
pub async fn serve(listener: TcpListener, app: Arc<App>, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let store = app.store.clone();
    let tidy = tokio::spawn({
        let store = store.clone();
        async move {
            let mut hourly = tokio::time::interval(Duration::from_secs(3600));
            loop {
                hourly.tick().await;
                if let Err(error) = store.remove_expired_sessions(jiff::Timestamp::now()).await {
                    tracing::warn!(%error, "old sessions stay for now");
                }
            }
        }
    });
    let (stopping, mut stopped) = tokio::sync::watch::channel(false);
    let rooms = app.clone();
    let server = axum::serve(listener, router(app)).with_graceful_shutdown(async move {
        stop.await;
        let _ = stopping.send(true);
    });
    // Open event streams never end by themselves; two seconds are enough for everything else.
    let result = tokio::select! {
        result = async { server.await } => result,
        () = async {
            let _ = stopped.wait_for(|s| *s).await;
            tokio::time::sleep(Duration::from_secs(2)).await;
        } => Ok(()),
    };
    tidy.abort();
    // How far each room has come: a farewell is kinder than the last second's checkpoint.
    rooms.rooms.save_all(&rooms).await;
    store.close().await;
    result
}
