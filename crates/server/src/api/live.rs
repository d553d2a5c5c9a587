//! An interview's news as server-sent events.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Path, State},
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use jiff::Timestamp;
use seatrial_panel::record::Entry;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    facts::People,
    interviews::{Live, changed_since, find, live},
};
use crate::{
    extract::Query,
    live::{Presence, Viewer},
    problem::Problem,
    session::Me,
    state::App,
};

/// Seconds after which the state is sent though nothing changed: makes good for news that got lost.
pub const BEAT_S: u64 = 15;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// The last place that the client has.
    #[serde(default)]
    pub after: i64,
}

/// What changed, and how things stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct Change {
    pub entries: Vec<Entry>,
    pub live: Live,
}

/// Waits until there is news, or a beat has passed. False when the hub is gone.
pub async fn wait(presence: &mut Presence) -> bool {
    match tokio::time::timeout(Duration::from_secs(BEAT_S), presence.news.changed()).await {
        Ok(heard) => heard.is_ok(),
        Err(_) => true,
    }
}

pub type Events = Sse<axum::response::sse::KeepAliveStream<std::pin::Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>>>>;

pub fn events(stream: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Events {
    let stream: std::pin::Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>> = Box::pin(stream);
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(10)))
}

/// Events `change`: at once, at every change, and at every beat. The stream ends when the right to read does.
#[utoipa::path(get, path = "/api/interviews/{id}/live", params(("id" = String, Path), After),
    responses((status = 200, body = Change, content_type = "text/event-stream"), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn interview(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Query(after): Query<After>,
) -> Result<Events, Problem> {
    find(&app, &id).await?.may_read(&me)?;
    let presence = app.hub.enter(&id, Viewer::Person(me.id.clone()));
    let first = VecDeque::from([()]);
    let state = (app, me.id, id, presence, after.after, first);
    let password_no = me.password_no;
    Ok(events(stream::unfold(state, move |(app, person, id, mut presence, seq, mut first)| async move {
        if first.pop_front().is_none() && !wait(&mut presence).await {
            return None;
        }
        presence.news.mark_unchanged();
        // Rights are asked anew each time: somebody may have been taken off the interview, their account closed, or their
        // sessions ended.
        let me = app.store.person(&person).await.ok()??;
        if me.password_no != password_no {
            return None;
        }
        let found = find(&app, &id).await.ok()?;
        found.may_read(&me).ok()?;
        let people = People::read(&app).await.ok()?;
        let record = found.record();
        let change = Change {
            entries: changed_since(record, &found.l, &person, seq),
            live: live(&app, &found, record, &people, Timestamp::now()),
        };
        let seq = change.live.seq;
        let event = Event::default().event("change").json_data(&change).ok()?;
        Some((Ok(event), (app, person, id, presence, seq, first)))
    })))
}
