//! The practice page over a scenario that somebody is writing. What the page shows comes from whoever watches the file; here
//! it is only handed on, at once and at every change. Nothing is kept, nobody signs in, and only this machine is answered.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::{Next, from_fn},
    response::{
        IntoResponse, Redirect, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::get,
};
use futures_util::stream;
use tokio::{net::TcpListener, sync::watch};
use tower_http::compression::CompressionLayer;

use crate::{pages, secured};

/// What the page is told, as JSON: `web/src/practice/preview.ts` reads it.
pub type Told = Arc<str>;

/// Everything that a preview answers.
pub fn preview_router(told: watch::Receiver<Told>) -> Router {
    let router = Router::new()
        .route("/", get(pages::preview))
        .route("/practice", get(|| async { Redirect::to("/") }))
        .route("/preview/live", get(live))
        .route("/plain.css", get(pages::plain_css))
        .fallback(pages::asset)
        .layer(from_fn(own_name))
        // News is small, and a compressed stream would wait for more of it.
        .layer(CompressionLayer::new())
        .with_state(told);
    secured(router)
}

/// Serves a preview until `stop` is done.
///
/// # Errors
/// When the listener fails.
pub async fn serve_preview(listener: TcpListener, told: watch::Receiver<Told>, stop: impl Future<Output = ()> + Send) -> std::io::Result<()> {
    // Event streams never end by themselves, and nobody has anything to lose.
    tokio::select! {
        result = async { axum::serve(listener, preview_router(told)).await } => result,
        () = stop => Ok(()),
    }
}

/// A page of somebody else that has its own name lead here must not read the file.
async fn own_name(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.bytes().all(|b| b.is_ascii_digit()) { name } else { host });
    match name {
        "127.0.0.1" | "localhost" | "[::1]" => next.run(request).await,
        _ => (StatusCode::MISDIRECTED_REQUEST, "Open the address that the preview has printed.\n").into_response(),
    }
}

async fn live(State(told): State<watch::Receiver<Told>>) -> impl IntoResponse {
    let news = stream::unfold((told, true), |(mut told, first)| async move {
        if !first && told.changed().await.is_err() {
            return None;
        }
        let now = told.borrow_and_update().to_string();
        Some((Ok::<_, Infallible>(Event::default().event("file").data(now)), (told, false)))
    });
    Sse::new(news).keep_alive(KeepAlive::new().interval(Duration::from_secs(10)))
}
