//! Live rooms, for the panel: a room of an interview, its takes live, what was asked of them, and any moment again.
//! What a candidate reaches is in `candidate_room`.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_room::{Answer as RoomAnswer, Body as CommandBody, Side, engine, view};
use seatrial_store::{Branch, NewRoom, Part, RoomKind, RoomRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    interviews::{Found, find},
    live::Events,
    room_live::{Guard, stream},
};
use crate::{
    extract::{Body, Query},
    live::Viewer,
    problem::{Answer, Problem},
    rooms::{Acted, Audience, Sent, Stage},
    session::Me,
    state::App,
};

/// A room, as pages name it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RoomRef {
    pub id: String,
    /// The take that is live.
    pub take: String,
    pub scenario: String,
    pub title: String,
    /// A scripted candidate sits there, who plays this reference design.
    pub rehearsal: Option<String>,
}

/// The room of an interview, if it has one.
pub async fn room_ref(app: &App, interview: &str) -> Result<Option<RoomRef>, Problem> {
    let Some(room) = app.store.room_of(interview).await? else { return Ok(None) };
    let take = live_take(app, &room).await?;
    let title = match app.rooms_library.version(&app.store, &room.scenario_hash).await {
        Ok(play) => play.compiled.title.clone(),
        Err(_) => room.scenario.clone(),
    };
    Ok(Some(RoomRef { id: room.id, take, scenario: room.scenario, title, rehearsal: room.rehearsal }))
}

/// The newest take that began from the start: branches are the panel's own.
pub async fn live_take(app: &App, room: &RoomRow) -> Result<String, Problem> {
    let takes = app.store.takes_of(&room.id).await?;
    takes.into_iter().rev().find(|take| take.of.is_none()).map(|take| take.id).ok_or_else(|| Problem::not_found("take"))
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct NewRoomRequest {
    /// A running scenario of the kit.
    pub scenario: String,
    /// Without a person: the reference design that a scripted candidate plays, to rehearse with.
    pub rehearse: Option<String>,
}

/// Opens a room for an interview; one that is there already is answered with.
#[utoipa::path(post, path = "/api/interviews/{id}/room", params(("id" = String, Path)), request_body = NewRoomRequest,
    responses((status = 200, body = RoomRef), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn make(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(new): Body<NewRoomRequest>) -> Answer<RoomRef> {
    let found = find(&app, &id).await?;
    found.may_write(&me)?;
    let purpose = Purpose::Live { rehearsal: new.rehearse };
    open_room(&app, &found.interview.id, &new.scenario, &me.id, purpose).await?;
    app.hub.tell(&id);
    room_ref(&app, &id).await?.map(Json).ok_or_else(|| Problem::not_found("room"))
}

/// What a room is opened for.
#[derive(Debug, Clone)]
pub enum Purpose {
    Live { rehearsal: Option<String> },
    Tutorial,
}

/// Makes an interview's room with today's version of a scenario. The seed is drawn now, and stays.
pub async fn open_room(app: &App, interview: &str, scenario: &str, by: &str, purpose: Purpose) -> Result<(), Problem> {
    let today = app.rooms_library.today(scenario)?;
    let (kind, rehearsal) = match purpose {
        Purpose::Live { rehearsal } => (RoomKind::Live, rehearsal),
        Purpose::Tutorial => (RoomKind::Tutorial, None),
    };
    if let Some(design) = &rehearsal
        && today.play.compiled.named_design(design).is_none()
    {
        let known: Vec<&str> = today.play.compiled.designs.iter().map(|design| design.name.as_str()).collect();
        return Err(Problem::invalid(format!("This scenario has no design “{design}”. It has: {}.", known.join(", "))));
    }
    let mut seed = [0u8; 8];
    getrandom::fill(&mut seed).map_err(|_| Problem::conflict("No random number could be had.", "Try again."))?;
    let new = NewRoom {
        interview_id: interview.to_owned(),
        kind,
        rehearsal,
        scenario: scenario.to_owned(),
        scenario_hash: today.play.compiled.hash.clone(),
        files: today.files,
        entry: today.entry,
        engine: engine(),
        // Numbers of JSON and of people: below 2^53.
        seed: u64::from_le_bytes(seed) >> 11,
        created_by: by.to_owned(),
        created_at: Timestamp::now(),
        opens_v: today.play.opens() as i64,
    };
    app.store.add_room(&new).await?;
    Ok(())
}

/// A take with the interview that it belongs to.
async fn of_take(app: &Arc<App>, take: &str) -> Result<(Arc<Stage>, Found), Problem> {
    let row = app.store.take(take).await?.ok_or_else(|| Problem::not_found("take"))?;
    let room = app.store.room(&row.room_id).await?.ok_or_else(|| Problem::not_found("take"))?;
    // What a candidate tries out beforehand is theirs alone.
    if room.kind == RoomKind::Tutorial {
        return Err(Problem::not_found("take"));
    }
    let found = find(app, &room.interview_id).await.map_err(|_| Problem::not_found("take"))?;
    let stage = app.rooms.stage(app, take).await?;
    Ok((stage, found))
}

async fn readable(app: &Arc<App>, me: &seatrial_store::PersonRow, take: &str) -> Result<Arc<Stage>, Problem> {
    let (stage, found) = of_take(app, take).await?;
    found.may_read(me)?;
    Ok(stage)
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct SentCommands {
    pub commands: Vec<Sent>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ActedCommands {
    pub results: Vec<Acted>,
}

const COMMANDS_MAX: usize = 50;

pub fn checked(sent: &SentCommands) -> Result<(), Problem> {
    if sent.commands.len() > COMMANDS_MAX {
        return Err(Problem::invalid(format!("Send at most {COMMANDS_MAX} commands at once.")));
    }
    match sent.commands.iter().find(|one| uuid::Uuid::parse_str(&one.id).is_err()) {
        Some(bad) => Err(Problem::invalid(format!("“{}” is not a UUID.", bad.id.chars().take(60).collect::<String>()))),
        None => Ok(()),
    }
}

/// Commands of the panel. What is answered with a place is on disk; an id that was sent before is not written twice.
#[utoipa::path(post, path = "/api/takes/{id}/commands", params(("id" = String, Path)), request_body = SentCommands,
    responses((status = 200, body = ActedCommands), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn act(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(sent): Body<SentCommands>) -> Answer<ActedCommands> {
    let (stage, found) = of_take(&app, &id).await?;
    found.may_write(&me)?;
    let part = found.l.participants.iter().find(|p| p.interview_id == found.interview.id && p.person_id == me.id).map(|p| p.part);
    if part == Some(Part::Shadow) {
        return Err(Problem::forbidden("A shadow listens and notes, and does not touch the room."));
    }
    checked(&sent)?;
    // A branch is the panel's own, so what a candidate would do there is theirs to try.
    let branch = stage.row().of.is_some();
    let theirs = sent.commands.iter().all(|one| one.body.is_for(Side::Candidate) && !one.body.is_for(Side::Panel));
    let side = if branch && theirs { Side::Candidate } else { Side::Panel };
    let results = stage.act(&app, side, &me.id, sent.commands).await?;
    Ok(Json(ActedCommands { results }))
}

/// Events `hello`, then `frame`: at most ten a second, each with what changed. The stream ends when the right to read does.
#[utoipa::path(get, path = "/api/takes/{id}/live", params(("id" = String, Path)),
    responses((status = 200, body = view::Hello, content_type = "text/event-stream"), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn live(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Result<Events, Problem> {
    let (stage, found) = of_take(&app, &id).await?;
    found.may_read(&me)?;
    let part = found.l.participants.iter().find(|p| p.interview_id == found.interview.id && p.person_id == me.id).map(|p| p.part);
    let presence = app.hub.enter(&found.interview.id, Viewer::Person(me.id.clone()));
    let you = if part == Some(Part::Interviewer) { view::You::Interviewer } else { view::You::Shadow };
    let guard = Guard::Person { id: me.id.clone(), password_no: me.password_no, interview: found.interview.id.clone() };
    Ok(stream(app, stage, presence, Audience::Panel, you, guard).await)
}

/// A decision's options.
#[utoipa::path(get, path = "/api/takes/{id}/options/{decision}", params(("id" = String, Path), ("decision" = String, Path)),
    responses((status = 200, body = view::Options), (status = 404, body = Problem)))]
pub async fn options(State(app): State<Arc<App>>, Me(me): Me, Path((id, decision)): Path<(String, String)>) -> Answer<view::Options> {
    let stage = readable(&app, &me, &id).await?;
    let options = stage.read(|take, _| view::options(take, &decision)).await;
    options.map(Json).ok_or_else(|| Problem::not_found("decision"))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    pub group: String,
}

/// Messages that were put aside.
#[utoipa::path(get, path = "/api/takes/{id}/dead", params(("id" = String, Path), Which),
    responses((status = 200, body = view::DeadLetters), (status = 404, body = Problem)))]
pub async fn dead(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(which): Query<Which>) -> Answer<view::DeadLetters> {
    let stage = readable(&app, &me, &id).await?;
    let dead = stage.read(|take, _| view::dead_letters(take, &which.group)).await;
    dead.map(Json).ok_or_else(|| Problem::not_found("consumer group"))
}

/// Traces, as the team's instruments have them.
#[utoipa::path(get, path = "/api/takes/{id}/traces", params(("id" = String, Path), view::TraceQuery),
    responses((status = 200, body = view::Traces), (status = 404, body = Problem)))]
pub async fn traces(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(query): Query<view::TraceQuery>) -> Answer<view::Traces> {
    let stage = readable(&app, &me, &id).await?;
    Ok(Json(stage.look_at(query.v, move |take, reel| view::traces(take, reel, &query)).await?))
}

/// Lines of logs, as the services write them.
#[utoipa::path(get, path = "/api/takes/{id}/logs", params(("id" = String, Path), view::LogQuery),
    responses((status = 200, body = view::Logs), (status = 404, body = Problem)))]
pub async fn logs(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(query): Query<view::LogQuery>) -> Answer<view::Logs> {
    let stage = readable(&app, &me, &id).await?;
    Ok(Json(stage.look_at(query.v, move |take, reel| view::logs(take, reel, &query)).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Serial {
    /// The number of an arrival.
    pub serial: u64,
}

/// One customer's history until now: true beside visible.
#[utoipa::path(get, path = "/api/takes/{id}/history", params(("id" = String, Path), Serial),
    responses((status = 200, body = view::History), (status = 404, body = Problem)))]
pub async fn history(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(who): Query<Serial>) -> Answer<view::History> {
    let stage = readable(&app, &me, &id).await?;
    let (reel, horizon) = stage.reel().await;
    let told = tokio::task::spawn_blocking(move || view::history(&reel, horizon, who.serial)).await;
    told.ok().flatten().map(Json).ok_or_else(|| Problem::not_found("customer"))
}

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
    pub created_at: super::dto::At,
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
    pub interview_id: String,
    pub title: String,
    pub takes: Vec<TakeRow>,
}

/// A room's takes, the first one first.
#[utoipa::path(get, path = "/api/rooms/{id}/takes", params(("id" = String, Path)),
    responses((status = 200, body = RoomTakes), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub async fn takes(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<RoomTakes> {
    let room = app.store.room(&id).await?.filter(|room| room.kind == RoomKind::Live).ok_or_else(|| Problem::not_found("room"))?;
    let found = find(&app, &room.interview_id).await.map_err(|_| Problem::not_found("room"))?;
    found.may_read(&me)?;
    let people = super::facts::People::read(&app).await?;
    let rows = app.store.takes_of(&id).await?;
    let number = |take: &str| rows.iter().find(|row| row.id == take).map_or(0, |row| row.n);
    let takes = rows.iter().map(|row| TakeRow {
        id: row.id.clone(),
        n: row.n,
        of: row.of.as_ref().map(|of| TakeOf { n: number(&of.take), v: of.v }),
        begun_by: people.name(&row.created_by),
        created_at: super::dto::At(row.created_at),
        horizon: row.horizon,
        head: row.head,
    });
    let title = room_ref(&app, &room.interview_id).await?.map_or_else(String::new, |room| room.title);
    Ok(Json(RoomTakes { interview_id: room.interview_id.clone(), title, takes: takes.collect() }))
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
    let (stage, found) = of_take(&app, &id).await?;
    found.may_write(&me)?;
    let opens = stage.read(|take, _| take.play().opens()).await;
    let made = app.store.add_take(&stage.room().id, None, opens as i64, &me.id, Timestamp::now()).await?;
    app.hub.tell(&found.interview.id);
    Ok(Json(MadeTake { take: made.id }))
}

/// The shared text of a room.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pad {
    pub rev: i64,
    pub text: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct WritePad {
    /// The revision that the text was made from.
    pub base_rev: i64,
    pub text: String,
}

const PAD_MAX: usize = 50_000;

pub async fn pad_of(app: &App, room: &str) -> Result<Pad, Problem> {
    let (rev, text) = app.store.pad(room).await?;
    Ok(Pad { rev, text })
}

pub async fn pad_written(app: &Arc<App>, stage: &Arc<Stage>, new: WritePad) -> Result<Pad, Problem> {
    if new.text.chars().count() > PAD_MAX {
        return Err(Problem::invalid(format!("The pad holds at most {PAD_MAX} letters.")));
    }
    match app.store.write_pad(&stage.room().id, new.base_rev, &new.text).await? {
        Some(rev) => {
            stage.pad_written(rev).await;
            Ok(Pad { rev, text: new.text })
        }
        None => {
            let current = pad_of(app, &stage.room().id).await?;
            Err(Problem::conflict("Somebody else wrote meanwhile.", "Put your change into the text as it is now.").with("current", current))
        }
    }
}

/// The shared text of a room, and its revision.
#[utoipa::path(get, path = "/api/takes/{id}/pad", params(("id" = String, Path)),
    responses((status = 200, body = Pad), (status = 404, body = Problem)))]
pub async fn read_pad(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>) -> Answer<Pad> {
    let stage = readable(&app, &me, &id).await?;
    Ok(Json(pad_of(&app, &stage.room().id).await?))
}

/// Writes the shared text over the revision that it was made from.
#[utoipa::path(put, path = "/api/takes/{id}/pad", params(("id" = String, Path)), request_body = WritePad,
    responses((status = 200, body = Pad), (status = 403, body = Problem), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn write_pad(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(new): Body<WritePad>) -> Answer<Pad> {
    let (stage, found) = of_take(&app, &id).await?;
    found.may_write(&me)?;
    Ok(Json(pad_written(&app, &stage, new).await?))
}
