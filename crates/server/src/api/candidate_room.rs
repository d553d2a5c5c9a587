//! The room, for a candidate. Everything that leaves here is of types that cannot hold what a candidate must not know; a
//! decision's options are told only once they were asked for.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_room::{Side, view};

use super::{
    candidate::behind,
    live::Events,
    room_live::{Guard, stream},
    rooms::{ActedCommands, Pad, SentCommands, Which, WritePad, checked, live_take, pad_of, pad_written},
};
use crate::{
    extract::{Body, Query},
    live::Viewer,
    problem::{Answer, Problem},
    rooms::{Audience, Stage},
    state::App,
};

/// The stage behind a candidate's token, while the link is good.
async fn stage_of(app: &Arc<App>, token: &str) -> Result<(Arc<Stage>, String, String), Problem> {
    let (link, found) = behind(app, token, Timestamp::now()).await?;
    let room = app.store.room_of(&found.interview.id).await?.ok_or_else(|| Problem::not_found("room"))?;
    let take = live_take(app, &room).await?;
    Ok((app.rooms.stage(app, &take).await?, found.interview.id, link.id))
}

/// Events `hello`, then `frame`. Ends with the link.
#[utoipa::path(get, path = "/api/c/{token}/room/live", params(("token" = String, Path)),
    responses((status = 200, body = view::Hello, content_type = "text/event-stream"), (status = 404, body = Problem)))]
pub async fn live(State(app): State<Arc<App>>, Path(token): Path<String>) -> Result<Events, Problem> {
    let (stage, interview, _) = stage_of(&app, &token).await?;
    let presence = app.hub.enter(&interview, Viewer::Candidate);
    Ok(stream(app, stage, presence, Audience::Candidate, view::You::Candidate, Guard::Candidate(token)).await)
}

/// Commands of a candidate.
#[utoipa::path(post, path = "/api/c/{token}/room/commands", params(("token" = String, Path)), request_body = SentCommands,
    responses((status = 200, body = ActedCommands), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn act(State(app): State<Arc<App>>, Path(token): Path<String>, Body(sent): Body<SentCommands>) -> Answer<ActedCommands> {
    let (stage, _, _) = stage_of(&app, &token).await?;
    checked(&sent)?;
    let results = stage.act(&app, Side::Candidate, "candidate", sent.commands).await?;
    Ok(Json(ActedCommands { results }))
}

/// A decision's options, after an answer in words or after they were asked for.
#[utoipa::path(get, path = "/api/c/{token}/room/options/{decision}", params(("token" = String, Path), ("decision" = String, Path)),
    responses((status = 200, body = view::Options), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn options(State(app): State<Arc<App>>, Path((token, decision)): Path<(String, String)>) -> Answer<view::Options> {
    let (stage, _, _) = stage_of(&app, &token).await?;
    let found = stage.read(|take, _| (view::options_are_open(take, &decision), view::options(take, &decision))).await;
    match found {
        (true, Some(options)) => Ok(Json(options)),
        (_, None) => Err(Problem::not_found("decision")),
        (false, Some(_)) => Err(Problem::conflict("The options open once there is an answer.", "Answer in your own words, or choose “Show options”.")),
    }
}

/// Messages that were put aside.
#[utoipa::path(get, path = "/api/c/{token}/room/dead", params(("token" = String, Path), Which),
    responses((status = 200, body = view::DeadLetters), (status = 404, body = Problem)))]
pub async fn dead(State(app): State<Arc<App>>, Path(token): Path<String>, Query(which): Query<Which>) -> Answer<view::DeadLetters> {
    let (stage, _, _) = stage_of(&app, &token).await?;
    let dead = stage.read(|take, _| view::dead_letters(take, &which.group)).await;
    dead.map(Json).ok_or_else(|| Problem::not_found("consumer group"))
}

/// Traces, as the team's instruments have them.
#[utoipa::path(get, path = "/api/c/{token}/room/traces", params(("token" = String, Path), view::TraceQuery),
    responses((status = 200, body = view::Traces), (status = 404, body = Problem)))]
pub async fn traces(State(app): State<Arc<App>>, Path(token): Path<String>, Query(query): Query<view::TraceQuery>) -> Answer<view::Traces> {
    let (stage, _, _) = stage_of(&app, &token).await?;
    Ok(Json(stage.look_at(None, move |take, reel| view::traces(take, reel, &query)).await?))
}

/// Lines of logs, as the services write them.
#[utoipa::path(get, path = "/api/c/{token}/room/logs", params(("token" = String, Path), view::LogQuery),
    responses((status = 200, body = view::Logs), (status = 404, body = Problem)))]
pub async fn logs(State(app): State<Arc<App>>, Path(token): Path<String>, Query(query): Query<view::LogQuery>) -> Answer<view::Logs> {
    let (stage, _, _) = stage_of(&app, &token).await?;
    Ok(Json(stage.look_at(None, move |take, reel| view::logs(take, reel, &query)).await?))
}

/// The shared text of a room, and its revision.
#[utoipa::path(get, path = "/api/c/{token}/room/pad", params(("token" = String, Path)),
    responses((status = 200, body = Pad), (status = 404, body = Problem)))]
pub async fn read_pad(State(app): State<Arc<App>>, Path(token): Path<String>) -> Answer<Pad> {
    let (stage, _, _) = stage_of(&app, &token).await?;
    Ok(Json(pad_of(&app, &stage.room().id).await?))
}

/// Writes the shared text over the revision that it was made from.
#[utoipa::path(put, path = "/api/c/{token}/room/pad", params(("token" = String, Path)), request_body = WritePad,
    responses((status = 200, body = Pad), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn write_pad(State(app): State<Arc<App>>, Path(token): Path<String>, Body(new): Body<WritePad>) -> Answer<Pad> {
    let (stage, _, _) = stage_of(&app, &token).await?;
    Ok(Json(pad_written(&app, &stage, new).await?))
}
