//! The room, for a candidate. Everything that leaves here is of types that cannot hold what a candidate must not know; a
//! decision's options are told only once they were asked for.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_room::{Body as CommandBody, Side, view};
use seatrial_store::RoomKind;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    candidate::behind,
    live::Events,
    room_live::{Guard, stream},
    pad::{Pad, WritePad, pad_of, pad_written},
    rooms::{ActedCommands, Purpose, SentCommands, Which, WhichBox, checked, live_take, open_room},
};
use crate::{
    extract::{Body, Query},
    live::Viewer,
    problem::{Answer, Problem},
    rooms::{Audience, Stage},
    state::App,
};

/// Which of a candidate's two rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// The interview's.
    Room,
    /// The one to try things out in, over another system: nobody watches, nothing of it is scored.
    Tutorial,
}

/// The system of the tutorial.
const TUTORIAL: &str = "parcel-carrier";

/// The stage behind a candidate's token, while the link is good. The tutorial is made when somebody first goes there.
async fn stage_of(app: &Arc<App>, token: &str, door: Door) -> Result<(Arc<Stage>, String, String), Problem> {
    let (link, found) = behind(app, token, Timestamp::now()).await?;
    let interview = &found.interview.id;
    if door == Door::Tutorial && app.store.room_of_kind(interview, RoomKind::Tutorial).await?.is_none() {
        open_room(app, interview, TUTORIAL, "candidate", Purpose::Tutorial).await?;
    }
    let kind = if door == Door::Tutorial { RoomKind::Tutorial } else { RoomKind::Live };
    let room = app.store.room_of_kind(interview, kind).await?.ok_or_else(|| Problem::not_found("room"))?;
    let take = live_take(app, &room).await?;
    // Trying things out is not being there.
    let place = if door == Door::Tutorial { format!("tutorial of {interview}") } else { interview.clone() };
    Ok((app.rooms.stage(app, &take).await?, place, link.id))
}

/// Events `hello`, then `frame`. Ends with the link.
#[utoipa::path(get, path = "/api/c/{token}/{which}/live", params(("token" = String, Path), ("which" = inline(Door), Path)),
    responses((status = 200, body = view::Hello, content_type = "text/event-stream"), (status = 404, body = Problem)))]
pub async fn live(State(app): State<Arc<App>>, Path((token, door)): Path<(String, Door)>) -> Result<Events, Problem> {
    let (stage, interview, _) = stage_of(&app, &token, door).await?;
    let presence = app.hub.enter(&interview, Viewer::Candidate);
    Ok(stream(app, stage, presence, Audience::Candidate, view::You::Candidate, Guard::Candidate(token)).await)
}

/// Commands of a candidate.
#[utoipa::path(post, path = "/api/c/{token}/{which}/commands", params(("token" = String, Path), ("which" = inline(Door), Path)), request_body = SentCommands,
    responses((status = 200, body = ActedCommands), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn act(State(app): State<Arc<App>>, Path((token, door)): Path<(String, Door)>, Body(sent): Body<SentCommands>) -> Answer<ActedCommands> {
    let (stage, _, _) = stage_of(&app, &token, door).await?;
    checked(&sent)?;
    let mut results = Vec::with_capacity(sent.commands.len());
    for one in sent.commands {
        // Whoever is alone in a room may set its speed.
        let side = if door == Door::Tutorial && matches!(one.body, CommandBody::Speed { .. }) { Side::Panel } else { Side::Candidate };
        results.extend(stage.act(&app, side, "candidate", vec![one]).await?);
    }
    Ok(Json(ActedCommands { results }))
}

/// A decision's options, after an answer in words or after they were asked for.
#[utoipa::path(get, path = "/api/c/{token}/{which}/options/{decision}",
    params(("token" = String, Path), ("which" = inline(Door), Path), ("decision" = String, Path)),
    responses((status = 200, body = view::Options), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn options(State(app): State<Arc<App>>, Path((token, door, decision)): Path<(String, Door, String)>) -> Answer<view::Options> {
    let (stage, _, _) = stage_of(&app, &token, door).await?;
    let found = stage.read(|take, _| (view::options_are_open(take, &decision), view::options(take, &decision))).await;
    options_told(found)
}

/// Whether they are open, and the options of a decision that there is.
pub fn options_told(found: (bool, Option<view::Options>)) -> Answer<view::Options> {
    match found {
        (true, Some(options)) => Ok(Json(options)),
        (_, None) => Err(Problem::not_found("decision")),
        (false, Some(_)) => Err(Problem::conflict("The options open once there is an answer.", "Answer in your own words, or choose “Show options”.")),
    }
}

/// Messages that were put aside.
#[utoipa::path(get, path = "/api/c/{token}/{which}/dead", params(("token" = String, Path), ("which" = inline(Door), Path), Which),
    responses((status = 200, body = view::DeadLetters), (status = 404, body = Problem)))]
pub async fn dead(State(app): State<Arc<App>>, Path((token, door)): Path<(String, Door)>, Query(which): Query<Which>) -> Answer<view::DeadLetters> {
    let (stage, _, _) = stage_of(&app, &token, door).await?;
    let dead = stage.read(|take, _| view::dead_letters(take, &which.group)).await;
    dead.map(Json).ok_or_else(|| Problem::not_found("consumer group"))
}

/// One part of the system as its operator's tools show it.
#[utoipa::path(get, path = "/api/c/{token}/{which}/part", params(("token" = String, Path), ("which" = inline(Door), Path), WhichBox),
    responses((status = 200, body = view::PartNow), (status = 404, body = Problem)))]
pub async fn part(State(app): State<Arc<App>>, Path((token, door)): Path<(String, Door)>, Query(which): Query<WhichBox>) -> Answer<view::PartNow> {
    let (stage, _, _) = stage_of(&app, &token, door).await?;
    let part = stage.read(|take, _| view::part(take, which.r#box)).await;
    part.map(Json).ok_or_else(|| Problem::not_found("part"))
}

/// Traces, as the team's instruments have them.
#[utoipa::path(get, path = "/api/c/{token}/{which}/traces", params(("token" = String, Path), ("which" = inline(Door), Path), view::TraceQuery),
    responses((status = 200, body = view::Traces), (status = 404, body = Problem)))]
pub async fn traces(State(app): State<Arc<App>>, Path((token, door)): Path<(String, Door)>, Query(query): Query<view::TraceQuery>) -> Answer<view::Traces> {
    let (stage, _, _) = stage_of(&app, &token, door).await?;
    Ok(Json(stage.look_at(None, move |take, reel| view::traces(take, reel, &query)).await?))
}

/// Lines of logs, as the services write them.
#[utoipa::path(get, path = "/api/c/{token}/{which}/logs", params(("token" = String, Path), ("which" = inline(Door), Path), view::LogQuery),
    responses((status = 200, body = view::Logs), (status = 404, body = Problem)))]
pub async fn logs(State(app): State<Arc<App>>, Path((token, door)): Path<(String, Door)>, Query(query): Query<view::LogQuery>) -> Answer<view::Logs> {
    let (stage, _, _) = stage_of(&app, &token, door).await?;
    Ok(Json(stage.look_at(None, move |take, reel| view::logs(take, reel, &query)).await?))
}

/// The shared text of a room, and its revision.
#[utoipa::path(get, path = "/api/c/{token}/{which}/pad", params(("token" = String, Path), ("which" = inline(Door), Path)),
    responses((status = 200, body = Pad), (status = 404, body = Problem)))]
pub async fn read_pad(State(app): State<Arc<App>>, Path((token, door)): Path<(String, Door)>) -> Answer<Pad> {
    let (stage, _, _) = stage_of(&app, &token, door).await?;
    Ok(Json(pad_of(&app, &stage.room().id).await?))
}

/// Writes the shared text over the revision that it was made from.
#[utoipa::path(put, path = "/api/c/{token}/{which}/pad", params(("token" = String, Path), ("which" = inline(Door), Path)), request_body = WritePad,
    responses((status = 200, body = Pad), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn write_pad(State(app): State<Arc<App>>, Path((token, door)): Path<(String, Door)>, Body(new): Body<WritePad>) -> Answer<Pad> {
    let (stage, _, _) = stage_of(&app, &token, door).await?;
    Ok(Json(pad_written(&app, &stage, new).await?))
}
