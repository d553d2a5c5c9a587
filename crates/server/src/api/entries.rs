//! What people write while an interview runs: entries into its record, and pencilled levels beside it. Which entries a
//! record takes is decided in the panel crate.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_panel::scorecard::Moment;
use seatrial_panel::record::{Body as EntryBody, Context, Draft, Entry, accept};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    room_plan,
    dto::{DONE, Done},
    facts::People,
    interviews::{Live, Pencilled, changed_since, find, live},
};
use crate::{
    extract::Body,
    problem::{Answer, Problem},
    rights::{Act, ask},
    session::Me,
    state::App,
};

#[derive(Debug, Deserialize, ToSchema)]
pub struct SentEntry {
    /// UUIDv7, made by the client.
    pub id: String,
    pub at_ms: i64,
    pub body: EntryBody,
    /// How long it waited for the network, in milliseconds. The clock's start and its going on count from then.
    pub waited_ms: Option<i64>,
    /// Where the running system stood on its sender's screen.
    pub moment: Option<Moment>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct SentEntries {
    pub entries: Vec<SentEntry>,
}

/// What became of one entry: its place, or why it was refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryResult {
    pub id: String,
    pub seq: Option<i64>,
    pub refused: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EntriesAnswer {
    pub results: Vec<EntryResult>,
    /// New or changed since.
    pub entries: Vec<Entry>,
    pub live: Live,
}

/// Entries of one request; a client that was offline for an hour sends several requests.
const ENTRIES_MAX: usize = 200;

/// Writes into the record. An id that was sent before is not written twice. What is answered with a place is on disk.
#[utoipa::path(post, path = "/api/interviews/{id}/entries", params(("id" = String, Path)), request_body = SentEntries,
    responses((status = 200, body = EntriesAnswer), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn append(
    State(app): State<Arc<App>>,
    Me(me): Me,
    Path(id): Path<String>,
    Body(sent): Body<SentEntries>,
) -> Answer<EntriesAnswer> {
    let found = find(&app, &id).await?;
    found.may_write(&me)?;
    if sent.entries.len() > ENTRIES_MAX {
        return Err(Problem::invalid(format!("Send at most {ENTRIES_MAX} entries at once.")));
    }
    if let Some(bad) = sent.entries.iter().find(|e| uuid::Uuid::parse_str(&e.id).is_err()) {
        let shown: String = bad.id.chars().take(60).collect();
        return Err(Problem::invalid(format!("“{shown}” is not a UUID.")));
    }
    // Whether an interview is held at all is for whoever plans it to say, also by this door.
    if sent.entries.iter().any(|e| matches!(e.body, EntryBody::CallOff { .. })) {
        ask(&me, Act::ManageLoop(&found.l.facts()))?;
    }
    let before = found.record().head;
    let draft = |e: SentEntry| Draft { id: e.id, at_ms: e.at_ms, body: e.body, waited_ms: e.waited_ms.unwrap_or(0), moment: e.moment };
    let drafts = sent.entries.into_iter().map(draft).collect();
    let areas: Vec<_> = found.kit.areas.iter().filter(|a| found.interview.areas.contains(&a.id)).collect();
    let material: Vec<String> = found.material().into_iter().map(|m| m.id).collect();
    let now = Timestamp::now();
    let (results, record) = app
        .store
        .append(&id, now, drafts, |record, now, draft| {
            let context = Context { agenda: &found.interview.agenda, areas: &areas, material: &material };
            accept(record, &context, &me.id, now, draft)
        })
        .await?;
    if record.head > before {
        app.hub.tell(&id);
        room_plan::follow(&app, &found, &record, before).await?;
    }
    let people = People::read(&app).await?;
    Ok(Json(EntriesAnswer {
        results: results
            .into_iter()
            .map(|(id, result)| match result {
                Ok(seq) => EntryResult { id, seq: Some(seq), refused: None },
                Err(why) => EntryResult { id, seq: None, refused: Some(why.to_string()) },
            })
            .collect(),
        entries: changed_since(&record, &found.l, &me.id, before),
        live: live(&app, &found, &record, &people, now),
    }))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct PencilMark {
    pub area: String,
    /// None rubs it out.
    pub level: Option<Pencilled>,
}

/// Pencils a level: a private draft that nobody else gets.
#[utoipa::path(put, path = "/api/interviews/{id}/pencil", params(("id" = String, Path)), request_body = PencilMark,
    responses((status = 200, body = Done), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn pencil(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(mark): Body<PencilMark>) -> Answer<Done> {
    let found = find(&app, &id).await?;
    found.may_write(&me)?;
    if !found.interview.areas.contains(&mark.area) {
        return Err(Problem::invalid("This interview does not ask about that area."));
    }
    app.store.pencil(&id, &me.id, &mark.area, mark.level.map(Pencilled::as_str)).await?;
    Ok(Json(DONE))
}
