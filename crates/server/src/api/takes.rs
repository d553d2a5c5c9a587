//! Takes, for the panel: any moment of one again, other futures of the same customers, how it comes out with other seeds,
//! its story, and new takes that go on from it.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_room::{Answer as RoomAnswer, Body as CommandBody, Side, view};
use seatrial_store::{Branch, RoomKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    drills::{held, title},
    dto,
    facts::People,
    interviews::find,
    rooms::{of_take, readable, room_ref},
};
use crate::{
    extract::{Body, Query},
    problem::{Answer, Problem},
    rights::{Act, ask},
    rooms::Sent,
    session::Me,
    state::App,
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct At {
    /// Nanoseconds of virtual time.
    pub v: u64,
    /// The last command that counts; all at that moment when it is left out.
    pub seq: Option<u64>,
    /// How many rows of samples are there already.
    #[serde(default)]
    pub rows: u32,
}

/// Everything that was to be seen at a moment, whole.
#[utoipa::path(get, path = "/api/takes/{id}/at", params(("id" = String, Path), At),
    responses((status = 200, body = view::PanelFrame), (status = 404, body = Problem)))]
pub async fn at(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(at): Query<At>) -> Answer<view::PanelFrame> {
    let stage = readable(&app, &me, &id).await?;
    let frame = stage.at(at.v, at.seq, move |take, context| view::whole(take, context, at.rows)).await?;
    Ok(Json(frame))
}

/// A take, as lists name it.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakeRow {
    pub id: String,
    pub n: i64,
    pub of: Option<TakeOf>,
    pub begun_by: String,
    pub created_at: dto::At,
    /// How far it has come, as written down.
    pub horizon: i64,
    pub head: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TakeOf {
    pub n: i64,
    pub v: i64,
}

/// A room and its interview, with its takes.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoomTakes {
    /// None for a drill.
    pub interview_id: Option<String>,
    pub title: String,
    pub takes: Vec<TakeRow>,
}

/// A room's takes, the first one first.
#[utoipa::path(get, path = "/api/rooms/{id}/takes", params(("id" = String, Path)),
    responses((status = 200, body = RoomTakes), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn takes(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<RoomTakes> {
    let room = app.store.room(&id).await?.filter(|room| room.kind != RoomKind::Tutorial).ok_or_else(|| Problem::not_found("room"))?;
    let title = match &room.interview_id {
        Some(interview) => {
            let found = find(&app, interview).await.map_err(|_| Problem::not_found("room"))?;
            found.may_read(&me)?;
            room_ref(&app, interview).await?.map_or_else(String::new, |room| room.title)
        }
        None => {
            let drill = held(&app, &id).await?;
            ask(&me, Act::ReadDrill(&drill.facts))?;
            title(&app, &room.scenario, &room.scenario_hash).await
        }
    };
    let people = People::read(&app).await?;
    let rows = app.store.takes_of(&id).await?;
    let number = |take: &str| rows.iter().find(|row| row.id == take).map_or(0, |row| row.n);
    let takes = rows.iter().map(|row| TakeRow {
        id: row.id.clone(),
        n: row.n,
        of: row.of.as_ref().map(|of| TakeOf { n: number(&of.take), v: of.v }),
        begun_by: people.name(&row.created_by),
        created_at: dto::At(row.created_at),
        horizon: row.horizon,
        head: row.head,
    });
    Ok(Json(RoomTakes { interview_id: room.interview_id, title, takes: takes.collect() }))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct WhatIf {
    /// From when on it is decided otherwise.
    pub v: u64,
    pub choose: BTreeMap<String, String>,
    /// An arrival whose two histories are wanted.
    pub serial: Option<u64>,
}

/// The same customers, faults and moves, under the decisions that were made and under others, at the same moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Futures {
    pub until: u64,
    pub held: view::PanelFrame,
    pub otherwise: view::PanelFrame,
    pub histories: Option<Histories>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Histories {
    pub held: Option<view::History>,
    pub otherwise: Option<view::History>,
}

/// What would have come of other decisions. Nothing is kept of it.
#[utoipa::path(post, path = "/api/takes/{id}/what-if", params(("id" = String, Path)), request_body = WhatIf,
    responses((status = 200, body = Futures), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn what_if(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(ask): Body<WhatIf>) -> Answer<Futures> {
    let stage = readable(&app, &me, &id).await?;
    let played = stage
        .look_in_words(move |take, reel, context| {
            let until = take.now();
            let other = reel.otherwise(ask.v, &ask.choose)?;
            let histories = ask.serial.map(|serial| Histories {
                held: view::history(reel, until, serial),
                otherwise: view::history(&other, until, serial),
            });
            let held = view::whole(take, context, 0);
            let otherwise = view::whole(&other.unrecorded(until), context, 0);
            Ok(Futures { until, held, otherwise, histories })
        })
        .await?;
    played.map(Json).map_err(|wrong: Vec<String>| Problem::invalid(wrong.join(" ")))
}

/// How the same decisions and faults come out with other seeds.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SpreadAnswer {
    pub done: u32,
    pub of: u32,
    /// The moment that is compared.
    pub until: u64,
    pub rows: Vec<SpreadRow>,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SpreadRow {
    pub promise: String,
    pub mine: u64,
    /// Percentiles 5, 25, 50, 75 and 95 of the others.
    pub low: f64,
    pub p25: f64,
    pub median: f64,
    pub p75: f64,
    pub high: f64,
    pub share_below: f64,
}

/// Asking begins it; ask again until all are done.
#[utoipa::path(get, path = "/api/takes/{id}/spread", params(("id" = String, Path)),
    responses((status = 200, body = SpreadAnswer), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn spread(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<SpreadAnswer> {
    let stage = readable(&app, &me, &id).await?;
    let so_far = stage.spread().await;
    let rows = so_far.rows().into_iter().map(|(promise, mine, spread)| SpreadRow {
        promise,
        mine,
        low: spread.low,
        p25: spread.p25,
        median: spread.median,
        p75: spread.p75,
        high: spread.high,
        share_below: spread.share_below,
    });
    Ok(Json(SpreadAnswer { done: so_far.done(), of: so_far.of(), until: so_far.until(), rows: rows.collect() }))
}

/// What happened in a room, in words and numbers.
#[utoipa::path(get, path = "/api/takes/{id}/story", params(("id" = String, Path)),
    responses((status = 200, body = view::RoomStory), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn story(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<view::RoomStory> {
    let stage = readable(&app, &me, &id).await?;
    Ok(Json(stage.read(|take, context| view::story(take, context)).await))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct ForkAt {
    pub v: u64,
    pub seq: Option<u64>,
    /// Decisions that are made otherwise from then on.
    #[serde(default)]
    pub choose: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MadeTake {
    pub take: String,
}

/// Another take of the same room, which goes on from a moment of this one: the same customers, other decisions.
#[utoipa::path(post, path = "/api/takes/{id}/forks", params(("id" = String, Path)), request_body = ForkAt,
    responses((status = 200, body = MadeTake), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn fork(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(at): Body<ForkAt>) -> Answer<MadeTake> {
    let stage = readable(&app, &me, &id).await?;
    // A drill is one run of one team, and has no takes beside it.
    if stage.room().kind.is_drill() {
        return Err(Problem::not_found("take"));
    }
    let (reel, horizon) = stage.reel().await;
    let v = at.v.clamp(reel.play().opens(), horizon);
    let shares = |command: &&seatrial_room::Command| command.v <= v && at.seq.is_none_or(|seq| command.seq <= seq);
    let seq = reel.log().iter().take_while(shares).count() as i64;
    if let Err(wrong) = reel.play().compiled.design(&at.choose) {
        return Err(Problem::invalid(wrong.join(" ")));
    }
    let of = Branch { take: id.clone(), seq, v: v as i64 };
    let made = app.store.add_take(&stage.room().id, Some(&of), v as i64, &me.id, Timestamp::now()).await?;
    let branch = app.rooms.stage(&app, &made.id).await?;
    let mut commands = Vec::new();
    for (decision, answer) in at.choose {
        let answer = match reel.play().decision(&decision).map(|(_, d)| &d.answers) {
            Some(seatrial_scenario::Answers::Value { .. }) => RoomAnswer::Value(answer),
            _ => RoomAnswer::Option(answer),
        };
        let new = |body| Sent { id: uuid::Uuid::now_v7().to_string(), seen_v: v, body, words: None };
        commands.push(new(CommandBody::ShowOptions { decision: decision.clone() }));
        commands.push(new(CommandBody::Choose { decision, answer }));
    }
    branch.act(&app, Side::Candidate, &me.id, commands).await?;
    Ok(Json(MadeTake { take: made.id }))
}

/// Another take from the start, with the same customers. Whoever is in the room moves there.
#[utoipa::path(post, path = "/api/takes/{id}/again", params(("id" = String, Path)),
    responses((status = 200, body = MadeTake), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn again(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<MadeTake> {
    let (stage, of) = of_take(&app, &id).await?;
    of.may_write(&me)?;
    if stage.room().kind.is_drill() {
        return Err(Problem::not_found("take"));
    }
    let opens = stage.read(|take, _| take.play().opens()).await;
    let made = app.store.add_take(&stage.room().id, None, opens as i64, &me.id, Timestamp::now()).await?;
    app.hub.tell(&of.place());
    Ok(Json(MadeTake { take: made.id }))
}
