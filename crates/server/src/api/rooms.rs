//! Live rooms, for the panel: a room of an interview, its takes live, and what was asked of them. Moments again and other
//! futures are in `takes`; what a candidate reaches is in `candidate_room`.

use std::sync::Arc;

use axum::{Json, extract::{Path, State}};
use jiff::Timestamp;
use seatrial_room::{Side, engine, view};
use seatrial_store::{NewRoom, Part, PersonRow, RoomKind, RoomRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    drill_room::place,
    drills::facts_of,
    interviews::{Found, find},
    live::Events,
    room_live::{Guard, stream},
};
use crate::{
    extract::{Body, Query},
    live::Viewer,
    problem::{Answer, Problem},
    rights::{Act, DrillFacts, ask},
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
    /// The variation of the scenario that it is; none as the scenario is written. For the panel.
    pub variation: Option<String>,
    /// A scripted candidate sits there, who plays this reference design.
    pub rehearsal: Option<String>,
    /// Whether the candidate has opened the tutorial. What they did in it is theirs.
    pub tutorial_opened: bool,
}

/// The room of an interview, if it has one.
pub async fn room_ref(app: &App, interview: &str) -> Result<Option<RoomRef>, Problem> {
    let Some(room) = app.store.room_of(interview).await? else { return Ok(None) };
    let take = live_take(app, &room).await?;
    let (title, variation) = match app.rooms_library.version(&app.store, &room.scenario_hash).await {
        Ok(play) => (play.compiled.title.clone(), play.compiled.variation.clone()),
        Err(_) => (room.scenario.clone(), None),
    };
    let tutorial_opened = app.store.room_of_kind(interview, RoomKind::Tutorial).await?.is_some();
    Ok(Some(RoomRef { id: room.id, take, scenario: room.scenario, title, variation, rehearsal: room.rehearsal, tutorial_opened }))
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
    /// A variation of it, by its name.
    pub variation: Option<String>,
    /// Without a person: the reference design that a scripted candidate plays, to rehearse with.
    pub rehearse: Option<String>,
}

/// Opens a room for an interview; one that is there already is answered with.
#[utoipa::path(post, path = "/api/interviews/{id}/room", params(("id" = String, Path)), request_body = NewRoomRequest,
    responses((status = 200, body = RoomRef), (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub async fn make(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Body(new): Body<NewRoomRequest>) -> Answer<RoomRef> {
    let found = find(&app, &id).await?;
    found.may_write(&me)?;
    let purpose = Purpose::Live { rehearsal: new.rehearse, variation: new.variation };
    open_room(&app, &found.interview.id, &new.scenario, &me.id, purpose).await?;
    app.hub.tell(&id);
    room_ref(&app, &id).await?.map(Json).ok_or_else(|| Problem::not_found("room"))
}

/// What a room is opened for.
#[derive(Debug, Clone)]
pub enum Purpose {
    Live { rehearsal: Option<String>, variation: Option<String> },
    Tutorial,
}

/// Makes an interview's room with today's version of a scenario. The seed is drawn now, and stays.
pub async fn open_room(app: &App, interview: &str, scenario: &str, by: &str, purpose: Purpose) -> Result<(), Problem> {
    open_seeded(app, interview, scenario, by, purpose, new_seed()?, Timestamp::now()).await?;
    Ok(())
}

/// Drawn once for a room.
pub fn new_seed() -> Result<u64, Problem> {
    let mut seed = [0u8; 8];
    getrandom::fill(&mut seed).map_err(|_| Problem::conflict("No random number could be had.", "Try again."))?;
    // Numbers of JSON and of people: below 2^53.
    Ok(u64::from_le_bytes(seed) >> 11)
}

/// As `open_room`, with a seed that is known. Returns its first take.
pub async fn open_seeded(
    app: &App,
    interview: &str,
    scenario: &str,
    by: &str,
    purpose: Purpose,
    seed: u64,
    now: Timestamp,
) -> Result<String, Problem> {
    let (kind, rehearsal, variation) = match purpose {
        Purpose::Live { rehearsal, variation } => (RoomKind::Live, rehearsal, variation),
        Purpose::Tutorial => (RoomKind::Tutorial, None, None),
    };
    let today = app.rooms_library.today(scenario, variation.as_deref())?;
    if let Some(design) = &rehearsal
        && today.play.compiled.named_design(design).is_none()
    {
        let known: Vec<&str> = today.play.compiled.designs.iter().map(|design| design.name.as_str()).collect();
        return Err(Problem::invalid(format!("This scenario has no design “{design}”. It has: {}.", known.join(", "))));
    }
    let new = NewRoom {
        interview_id: Some(interview.to_owned()),
        kind,
        rehearsal,
        scenario: scenario.to_owned(),
        scenario_hash: today.play.compiled.hash.clone(),
        files: today.files,
        entry: today.entry,
        engine: engine(),
        seed,
        created_by: by.to_owned(),
        created_at: now,
        opens_v: today.play.opens() as i64,
    };
    let (_, take) = app.store.add_room(&new).await?;
    Ok(take)
}

/// What a take belongs to, and with it whose it is.
pub enum Of {
    Interview(Box<Found>),
    Drill { room: String, facts: DrillFacts },
}

impl Of {
    pub fn may_read(&self, me: &PersonRow) -> Result<(), Problem> {
        match self {
            Of::Interview(found) => found.may_read(me),
            Of::Drill { facts, .. } => ask(me, Act::ReadDrill(facts)),
        }
    }

    pub fn may_write(&self, me: &PersonRow) -> Result<(), Problem> {
        match self {
            Of::Interview(found) => found.may_write(me),
            Of::Drill { facts, .. } => ask(me, Act::LeadDrill(facts)),
        }
    }

    fn part(&self, me: &PersonRow) -> Option<Part> {
        let Of::Interview(found) = self else { return Some(Part::Interviewer) };
        found.l.participants.iter().find(|p| p.interview_id == found.interview.id && p.person_id == me.id).map(|p| p.part)
    }

    /// Where the presence of those who look on is kept.
    pub fn place(&self) -> String {
        match self {
            Of::Interview(found) => found.interview.id.clone(),
            Of::Drill { room, .. } => place(room),
        }
    }
}

/// A take with what it belongs to.
pub async fn of_take(app: &Arc<App>, take: &str) -> Result<(Arc<Stage>, Of), Problem> {
    let row = app.store.take(take).await?.ok_or_else(|| Problem::not_found("take"))?;
    let room = app.store.room(&row.room_id).await?.ok_or_else(|| Problem::not_found("take"))?;
    // What a candidate tries out beforehand is theirs alone.
    if room.kind == RoomKind::Tutorial {
        return Err(Problem::not_found("take"));
    }
    if room.kind.is_drill() {
        let drill = app.store.drill(&room.id).await?.ok_or_else(|| Problem::not_found("take"))?;
        let stage = app.rooms.stage(app, take).await?;
        let facts = facts_of(&drill, &stage).await;
        return Ok((stage, Of::Drill { room: room.id, facts }));
    }
    let interview = room.interview_id.as_deref().ok_or_else(|| Problem::not_found("take"))?;
    let found = find(app, interview).await.map_err(|_| Problem::not_found("take"))?;
    let stage = app.rooms.stage(app, take).await?;
    Ok((stage, Of::Interview(Box::new(found))))
}

/// The stage of a take that somebody may read.
pub async fn readable(app: &Arc<App>, me: &PersonRow, take: &str) -> Result<Arc<Stage>, Problem> {
    let (stage, of) = of_take(app, take).await?;
    of.may_read(me)?;
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
    let (stage, of) = of_take(&app, &id).await?;
    of.may_write(&me)?;
    if of.part(&me) == Some(Part::Shadow) {
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
    let (stage, of) = of_take(&app, &id).await?;
    of.may_read(&me)?;
    let presence = app.hub.enter(&of.place(), Viewer::Person(me.id.clone()));
    let you = if of.part(&me) == Some(Part::Interviewer) { view::You::Interviewer } else { view::You::Shadow };
    let guard = match &of {
        Of::Interview(found) => Guard::Person { id: me.id.clone(), password_no: me.password_no, interview: found.interview.id.clone() },
        Of::Drill { .. } => Guard::Drill { id: me.id.clone(), password_no: me.password_no, whole: true },
    };
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
    /// As it was at another moment; for the panel.
    pub v: Option<u64>,
}

/// Messages that were put aside.
#[utoipa::path(get, path = "/api/takes/{id}/dead", params(("id" = String, Path), Which),
    responses((status = 200, body = view::DeadLetters), (status = 404, body = Problem)))]
pub async fn dead(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(which): Query<Which>) -> Answer<view::DeadLetters> {
    let stage = readable(&app, &me, &id).await?;
    let dead = stage.look_at(which.v, move |take, _| view::dead_letters(take, &which.group)).await?;
    dead.map(Json).ok_or_else(|| Problem::not_found("consumer group"))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichBox {
    /// The box's place in the picture.
    pub r#box: usize,
    /// As it was at another moment; for the panel.
    pub v: Option<u64>,
}

/// One part of the system as its operator's tools show it.
#[utoipa::path(get, path = "/api/takes/{id}/part", params(("id" = String, Path), WhichBox),
    responses((status = 200, body = view::PartNow), (status = 404, body = Problem)))]
pub async fn part(State(app): State<Arc<App>>, Me(me): Me, Path(id): Path<String>, Query(which): Query<WhichBox>) -> Answer<view::PartNow> {
    let stage = readable(&app, &me, &id).await?;
    let part = stage.look_at(which.v, move |take, _| view::part(take, which.r#box)).await?;
    part.map(Json).ok_or_else(|| Problem::not_found("part"))
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
