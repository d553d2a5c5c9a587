//! A drill's room, for its operators: what leaves here is of the types that a candidate is sent, which cannot hold a fault or
//! what is true. Whoever leads, and everybody once it has ended, reads it by the addresses of `rooms` and `takes`.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use seatrial_room::{Body as CommandBody, Side, view};
use seatrial_store::PersonRow;

use super::{
    candidate_room::options_told,
    drills::{Held, held},
    live::Events,
    pad::{Pad, WritePad, pad_of, pad_written},
    room_live::{Guard, stream},
    rooms::{ActedCommands, SentCommands, Which, WhichBox, checked},
};
use crate::{
    extract::{Body, Query},
    live::Viewer,
    problem::{Answer, Problem},
    rights::{Act, ask},
    rooms::{Audience, Stage},
    session::Me,
    state::App,
};

/// Where the presence of a drill is kept.
pub fn place(room: &str) -> String {
    format!("drill {room}")
}

async fn entered(app: &Arc<App>, me: &PersonRow, id: &str) -> Result<(Arc<Stage>, Held), Problem> {
    let held = held(app, id).await?;
    ask(me, Act::EnterDrill(&held.facts))?;
    Ok((app.rooms.stage(app, &held.take).await?, held))
}

/// Events `hello`, then `frame`, as a candidate has them.
#[utoipa::path(get, path = "/api/drills/{id}/live", params(("id" = String, Path)),
    responses((status = 200, body = view::Hello, content_type = "text/event-stream"), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn live(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Result<Events, Problem> {
    let (stage, _) = entered(&app, &me, &id).await?;
    let presence = app.hub.enter(&place(&id), Viewer::Person(me.id.clone()));
    let guard = Guard::Drill { id: me.id, password_no: me.password_no, whole: false };
    Ok(stream(app, stage, presence, Audience::Candidate, view::You::Candidate, guard).await)
}

/// Commands of an operator, in the log under their name. Where nobody leads they also set the speed and end it.
#[utoipa::path(post, path = "/api/drills/{id}/commands", params(("id" = String, Path)), request_body = SentCommands,
    responses((status = 200, body = ActedCommands), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn act(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(sent): Body<SentCommands>) -> Answer<ActedCommands> {
    let (stage, held) = entered(&app, &me, &id).await?;
    ask(&me, Act::OperateDrill(&held.facts))?;
    checked(&sent)?;
    let open = held.facts.leader.is_none();
    let mut results = Vec::new();
    for one in sent.commands {
        let held_by_all = open && matches!(one.body, CommandBody::Speed { .. } | CommandBody::End);
        let side = if held_by_all { Side::Panel } else { Side::Candidate };
        results.extend(stage.act(&app, side, &me.id, vec![one]).await?);
    }
    Ok(Json(ActedCommands { results }))
}

/// A decision's options, once somebody has answered it or asked for them.
#[utoipa::path(get, path = "/api/drills/{id}/options/{decision}", params(("id" = String, Path), ("decision" = String, Path)),
    responses((status = 200, body = view::Options), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn options(State(app): State<Arc<App>>, Me(me): Me, Path((id, decision)): Path<(String, String)>) -> Answer<view::Options> {
    let (stage, _) = entered(&app, &me, &id).await?;
    let found = stage.read(|take, _| (view::options_are_open(take, &decision), view::options(take, &decision))).await;
    options_told(found)
}

/// Messages that were put aside.
#[utoipa::path(get, path = "/api/drills/{id}/dead", params(("id" = String, Path), Which),
    responses((status = 200, body = view::DeadLetters), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn dead(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(which): Query<Which>) -> Answer<view::DeadLetters> {
    let (stage, _) = entered(&app, &me, &id).await?;
    let dead = stage.read(|take, _| view::dead_letters(take, &which.group)).await;
    dead.map(Json).ok_or_else(|| Problem::not_found("consumer group"))
}

/// One part of the system as its operator's tools show it.
#[utoipa::path(get, path = "/api/drills/{id}/part", params(("id" = String, Path), WhichBox),
    responses((status = 200, body = view::PartNow), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn part(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(which): Query<WhichBox>) -> Answer<view::PartNow> {
    let (stage, _) = entered(&app, &me, &id).await?;
    let part = stage.read(|take, _| view::part(take, which.r#box)).await;
    part.map(Json).ok_or_else(|| Problem::not_found("part"))
}

/// Traces, as the team's instruments have them.
#[utoipa::path(get, path = "/api/drills/{id}/traces", params(("id" = String, Path), view::TraceQuery),
    responses((status = 200, body = view::Traces), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn traces(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(query): Query<view::TraceQuery>) -> Answer<view::Traces> {
    let (stage, _) = entered(&app, &me, &id).await?;
    Ok(Json(stage.look_at(None, move |take, reel| view::traces(take, reel, &query)).await?))
}

/// Lines of logs, as the services write them.
#[utoipa::path(get, path = "/api/drills/{id}/logs", params(("id" = String, Path), view::LogQuery),
    responses((status = 200, body = view::Logs), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn logs(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(query): Query<view::LogQuery>) -> Answer<view::Logs> {
    let (stage, _) = entered(&app, &me, &id).await?;
    Ok(Json(stage.look_at(None, move |take, reel| view::logs(take, reel, &query)).await?))
}

/// The shared text of a drill, and its revision.
#[utoipa::path(get, path = "/api/drills/{id}/pad", params(("id" = String, Path)),
    responses((status = 200, body = Pad), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn read_pad(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Pad> {
    let (stage, _) = entered(&app, &me, &id).await?;
    Ok(Json(pad_of(&app, &stage.room().id).await?))
}

/// Writes the shared text over the revision that it was made from.
#[utoipa::path(put, path = "/api/drills/{id}/pad", params(("id" = String, Path)), request_body = WritePad,
    responses((status = 200, body = Pad), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn write_pad(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(new): Body<WritePad>) -> Answer<Pad> {
    let (stage, _) = entered(&app, &me, &id).await?;
    Ok(Json(pad_written(&app, &stage, new).await?))
}
